"""Every field of HTCDS 2.0 (IOM, 24 December 2021), section by section; French labels, groups and `personal` are ours.

Lookups to an organisation, a person or a user are text here: a file names them, it cannot point at our records.
`per_Organisation` stands in the standard without label and type: both are our reading. So are the types country, language,
phone and email, which the standard writes as text with a rule in its notes.
"""

from collections.abc import Iterator

from entraide.engines.htcds.model import Field, Group, Type

T = Type
G = Group
_Line = tuple[str, str, str, Type, Group, str]
_SECTIONS: dict[str, tuple[_Line, ...]] = {
    "Organization": (
        ("org_Name", "Organisation Name", "Nom de l’organisation", T.TEXT, G.ORGANISATION, ""),
        ("org_ShippingCity", "Shipping City", "Ville (adresse)", T.TEXT, G.ORGANISATION, "personal"),
        ("org_ShippingCountry", "Shipping Country", "Pays (adresse)", T.COUNTRY, G.ORGANISATION, ""),
        ("org_ShippingState", "Shipping State/Province", "État ou province (adresse)", T.TEXT, G.ORGANISATION, "personal"),
        ("org_ShippingStreet", "Shipping Street", "Rue (adresse)", T.TEXT, G.ORGANISATION, "personal"),
        ("org_ShippingPostalCode", "Shipping Zip/Postal Code", "Code postal (adresse)", T.TEXT, G.ORGANISATION, "personal"),
        ("org_ShippingLongitude", "Longitude", "Longitude", T.GEOLOCATION, G.ORGANISATION, "personal"),
        ("org_ShippingLatitude", "Latitude", "Latitude", T.GEOLOCATION, G.ORGANISATION, "personal"),
        ("org_Phone", "Phone", "Téléphone", T.PHONE, G.ORGANISATION, "personal"),
        ("org_Type", "Type", "Catégorie", T.PICKLIST, G.ORGANISATION, "list"),
    ),
    "Person": (
        ("prs_Salutation", "Salutation", "Civilité", T.TEXT, G.IDENTITY, "core personal"),
        ("prs_FirstName", "First Name", "Prénom", T.TEXT, G.IDENTITY, "core personal"),
        ("prs_MiddleName", "Middle Name", "Deuxième prénom", T.TEXT, G.IDENTITY, "personal"),
        ("prs_SecondName", "Second Name", "Nom de famille", T.TEXT, G.IDENTITY, "core personal"),
        ("prs_Birthdate", "Birthdate", "Date de naissance", T.DATE, G.IDENTITY, "core personal"),
        ("prs_Gender", "Gender", "Genre", T.PICKLIST, G.IDENTITY, "list core"),
        ("prs_Deceased", "Deceased", "Décès connu", T.CHECKBOX, G.BACKGROUND, ""),
        ("prs_MaritalStatus", "Marital Status", "Situation matrimoniale", T.PICKLIST, G.FAMILY, "list"),
        ("prs_NumberOfChildren", "Number of Children", "Nombre d’enfants", T.NUMBER, G.FAMILY, "max=50"),
        ("prs_PrimaryLanguage", "Primary Language", "Langue principale", T.LANGUAGE, G.COMMUNICATION, ""),
        ("prs_SecondaryLanguage", "Secondary Language", "Deuxième langue", T.LANGUAGE, G.COMMUNICATION, ""),
        (
            "prs_HighestLevelOfEducation",
            "Highest Level of Education",
            "Niveau d’études le plus élevé",
            T.PICKLIST,
            G.BACKGROUND,
            "list",
        ),
        ("prs_Citizenship", "Citizenship", "Nationalité", T.MULTISELECT, G.IDENTITY, "list=iso3166 core"),
        ("prs_IdentityNumber", "Identity Number", "Numéro d’identité", T.TEXT, G.IDENTITY, "personal"),
        ("prs_Title", "Title", "Fonction", T.TEXT, G.BACKGROUND, "core personal"),
        ("prs_Email", "Email", "Adresse électronique", T.EMAIL, G.CONTACT, "core personal"),
        ("prs_HomePhone", "Home Phone", "Téléphone du domicile", T.PHONE, G.CONTACT, "core personal"),
        ("prs_MobilePhone", "Mobile Phone", "Téléphone mobile", T.PHONE, G.CONTACT, "core personal"),
        ("prs_MailingCity", "Mailing City", "Ville (adresse postale)", T.TEXT, G.CONTACT, "core personal"),
        ("prs_MailingCountry", "Mailing Country", "Pays (adresse postale)", T.COUNTRY, G.CONTACT, "core"),
        ("prs_MailingState", "Mailing State/Province", "État ou province (adresse postale)", T.TEXT, G.CONTACT, "core personal"),
        ("prs_MailingStreet", "Mailing Street", "Rue (adresse postale)", T.TEXT, G.CONTACT, "core personal"),
        ("prs_MailingPostalCode", "Mailing Zip/Postal Code", "Code postal (adresse postale)", T.TEXT, G.CONTACT, "core personal"),
        ("prs_MailingLongitude", "Longitude", "Longitude", T.GEOLOCATION, G.CONTACT, "personal"),
        ("prs_MailingLatitude", "Latitude", "Latitude", T.GEOLOCATION, G.CONTACT, "personal"),
    ),
    "Person - Victim Context": (
        (
            "vic_AgreementToManagePersonalData",
            "Agreement to Manage Personal Data",
            "Accord pour la gestion des données personnelles",
            T.CHECKBOX,
            G.CONSENT,
            "deprecated",
        ),
        ("vic_TraffickingStatus", "Trafficking Status", "Statut au regard de la traite", T.PICKLIST, G.TRAFFICKING, "list core"),
        (
            "vic_TraffickingStatusDecisionMakingOrg",
            "Trafficking Status Decision Making Organization",
            "Organisme ayant décidé du statut",
            T.PICKLIST,
            G.TRAFFICKING,
            "list core",
        ),
        (
            "vic_RelationshipToTrafficker",
            "Relationship to Trafficker",
            "Lien avec l’auteur de la traite",
            T.PICKLIST,
            G.TRAFFICKING,
            "list",
        ),
        ("vic_AgeWhenTrafficked", "Age when Trafficked", "Âge au début de la traite", T.NUMBER, G.TRAFFICKING, "max=120"),
        (
            "vic_RecruitmentWebsitesAndApps",
            "Recruitment Websites and Apps",
            "Sites et applications de recrutement",
            T.MULTISELECT,
            G.TRAFFICKING,
            "list=websites",
        ),
        ("vic_MethodOfRecruitment", "Method of Recruitment", "Mode de recrutement", T.MULTISELECT, G.TRAFFICKING, "list core"),
        ("vic_LocationOfRecruitment", "Location of Recruitment", "Lieu de recrutement", T.TEXT, G.TRAFFICKING, "core personal"),
        ("vic_MethodsOfControl", "Methods of Control", "Moyens de contrôle", T.MULTISELECT, G.TRAFFICKING, "list core"),
        ("vic_TypeOfExploitation", "Type of Exploitation", "Forme d’exploitation", T.MULTISELECT, G.TRAFFICKING, "list core"),
        ("vic_ForcedLabourIndustry", "Forced Labour Industry", "Secteur du travail forcé", T.PICKLIST, G.TRAFFICKING, "list core"),
        (
            "vic_TypeOfSexExploitation",
            "Type of Sex Exploitation",
            "Forme d’exploitation sexuelle",
            T.MULTISELECT,
            G.TRAFFICKING,
            "list core",
        ),
        ("vic_LocationOfExploitation", "Location of Exploitation", "Lieu d’exploitation", T.TEXT, G.TRAFFICKING, "core personal"),
        (
            "vic_ExploitationWebsitesAndApps",
            "Exploitation Websites and Apps",
            "Sites et applications d’exploitation",
            T.MULTISELECT,
            G.TRAFFICKING,
            "list=websites",
        ),
        ("vic_Vulnerabilities", "Vulnerabilities", "Vulnérabilités", T.MULTISELECT, G.TRAFFICKING, "list core deprecated"),
        (
            "vic_DetailsOfVulnerabilities",
            "Details Of Vulnerabilities",
            "Précisions sur les vulnérabilités",
            T.LONG_TEXT,
            G.TRAFFICKING,
            "core deprecated personal",
        ),
    ),
    "Person - Perpetrator Context": (
        ("per_RoleInProcess", "Role in Process", "Rôle dans le processus", T.MULTISELECT, G.PERPETRATOR, "list personal"),
        ("per_RoleDetails", "Role Details", "Précisions sur le rôle", T.LONG_TEXT, G.PERPETRATOR, "personal"),
        ("per_Organisation", "Organisation", "Organisation", T.TEXT, G.PERPETRATOR, "personal"),
    ),
    "Case": (
        ("cas_Status", "Status", "État du dossier", T.PICKLIST, G.CASE, "list core"),
        ("cas_ReasonForCaseClosure", "Reason for Case Closure", "Motif de clôture", T.LONG_TEXT, G.CASE, "core personal"),
        ("cas_CaseOwner", "Case Owner", "Responsable du dossier", T.TEXT, G.CASE, "core personal"),
    ),
    "Referral Details": (
        ("cas_ReferringOrganisation", "Referring Organisation", "Organisation qui oriente", T.TEXT, G.CASE, "core personal"),
        ("cas_IncomingReferralDate", "Incoming Referral Date", "Date d’orientation reçue", T.DATE, G.CASE, "core"),
        (
            "cas_ReferringPrimaryCaseWorker",
            "Referring Primary Case Worker",
            "Intervenant principal qui oriente",
            T.TEXT,
            G.CASE,
            "core personal",
        ),
        (
            "cas_ReasonForIncomingReferral",
            "Reason for Incoming Referral",
            "Motif de l’orientation reçue",
            T.PICKLIST,
            G.CASE,
            "list=referral_reasons core",
        ),
        (
            "cas_IncomingReferralDetails",
            "Incoming Referral Details",
            "Précisions sur l’orientation reçue",
            T.LONG_TEXT,
            G.CASE,
            "core personal",
        ),
        (
            "cas_ReferredOrganisation",
            "Referred Organisation",
            "Organisation destinataire",
            T.TEXT,
            G.CASE,
            "core personal repeatable",
        ),
        (
            "cas_ReferredPrimaryCaseWorker",
            "Referred Primary Case Worker",
            "Intervenant principal destinataire",
            T.TEXT,
            G.CASE,
            "core personal repeatable",
        ),
        (
            "cas_ReasonForOutgoingReferral",
            "Reason for Outgoing Referral",
            "Motif de l’orientation faite",
            T.PICKLIST,
            G.CASE,
            "list=referral_reasons core repeatable",
        ),
        ("cas_OutgoingReferralDate", "Outgoing Referral Date", "Date d’orientation faite", T.DATE, G.CASE, "core repeatable"),
        (
            "cas_OutgoingReferralDetails",
            "Outgoing Referral Details",
            "Précisions sur l’orientation faite",
            T.LONG_TEXT,
            G.CASE,
            "core personal repeatable",
        ),
    ),
    "Case Comment": (("cco_CaseComment", "Case Comment", "Commentaire", T.LONG_TEXT, G.CASE, "personal repeatable"),),
    "Historic Trafficking Events": (
        ("hte_Longitude", "Longitude", "Longitude", T.GEOLOCATION, G.EVENTS, "personal repeatable"),
        ("hte_Latitude", "Latitude", "Latitude", T.GEOLOCATION, G.EVENTS, "personal repeatable"),
        ("hte_City", "City", "Ville", T.TEXT, G.EVENTS, "personal repeatable"),
        ("hte_Country", "Country", "Pays", T.COUNTRY, G.EVENTS, "repeatable"),
        ("hte_State", "State", "État ou province", T.TEXT, G.EVENTS, "personal repeatable"),
        ("hte_Street", "Street", "Rue", T.TEXT, G.EVENTS, "personal repeatable"),
        ("hte_PostalCode", "PostalCode", "Code postal", T.TEXT, G.EVENTS, "personal repeatable"),
        ("hte_Date", "Date", "Date", T.DATE, G.EVENTS, "repeatable"),
        ("hte_Type", "Type", "Type d’événement", T.PICKLIST, G.EVENTS, "list repeatable"),
        ("hte_Description", "Description", "Description", T.LONG_TEXT, G.EVENTS, "personal repeatable"),
    ),
    "Support Plan": (
        ("spl_Objectives", "Objectives", "Objectifs", T.LONG_TEXT, G.SUPPORT, "personal repeatable"),
        ("spl_ActionPlan", "Action Plan", "Plan d’action", T.LONG_TEXT, G.SUPPORT, "personal repeatable"),
        ("spl_PlannedEndDate", "Planned End Date", "Date de fin prévue", T.DATE, G.SUPPORT, "repeatable future"),
        ("spl_ActualEndDate", "Actual End Date", "Date de fin effective", T.DATE, G.SUPPORT, "repeatable"),
        ("spl_Type", "Type", "Type de plan", T.PICKLIST, G.SUPPORT, "list repeatable"),
    ),
    "Consent": (("con_Consent", "Consent", "Consentement", T.CHECKBOX, G.CONSENT, "core"),),
}


def fields() -> Iterator[Field]:
    """The fields in the standard's own order."""
    for section, lines in _SECTIONS.items():
        for identifier, label, label_fr, kind, group, words in lines:
            flags = set(words.split())
            options = dict(word.split("=") for word in flags if "=" in word)
            yield Field(
                id=identifier,
                label=label,
                label_fr=label_fr,
                section=section,
                type=kind,
                group=group,
                codelist=options.get("list", identifier if "list" in flags else None),
                core="core" in flags,
                deprecated="deprecated" in flags,
                repeatable="repeatable" in flags,
                personal="personal" in flags,
                may_be_future="future" in flags,
                maximum=int(options.get("max", "0")),
            )
