"""Invented texts in the manner of conventions, resolutions and reports."""

CONVENTION = """CONVENTION ON ACTING TOGETHER

Adopted at Geneva

Preamble

The States Parties to this Convention,

Recalling that nobody may be bought or sold,

Have agreed as follows:

Part I
General provisions

Article 1
Purpose and scope

The purpose of this Convention is to act together.

It applies wherever a person is held for gain, on land and at sea and in
the air, and whoever holds her.

Article 2 – Use of terms

For the purposes of this Convention:
(a) "Person" means whoever is alive;
(b) "Gain" means:
(i) money;
(ii) anything else of use;
(c) "State" means a State.

Article 3. Obligations
1. Each State Party shall act.
2. Each State Party shall:
(a) Think;
(b) Write:
   – a list,
   – another;
(c) Rest.

Article 3 bis
Inserted later

1. Something that came later.

PARTIE II

Article 4

This Article has no heading of its own, and a note¹ too.

Annex I

1. First thing in the annex.

2. Second thing in the annex.

__________________

1  See the records of the conference, fourth meeting.
"""

RESOLUTION = """64/999. Acting together

The General Assembly,

Recalling its resolution 1 (I) and all that came after it,

Deeply concerned by what it has heard,

1. Takes note of the report of the Secretary-General;

2. Urges Member States:

(a) To ratify what they have signed;

(b) To apply what they have ratified;

3. Decides to remain seized of the matter.
"""

# Two pages with heads and feet; a note runs over from the first page to the second.
PAGED = """A/64/999

I. Introduction

1. The first paragraph speaks of a survey1 that was carried out in a number of
countries and goes on over the end of the page because it has more to say than
the page can hold, as happens in
__________________
1  A survey of some length, published by somebody whose name is long, in a volume whose
title is longer, and which does not end on this
\f
A/64/999
Page 2
reports of this kind.

2. The second paragraph cites another note2 and ends.

__________________
page but on the next one.
2  Short.
\f
A/64/999
Page 3
3. The third paragraph is a co-
operation, for coordi-
nation and coordination.
"""
