"""What the demonstration gives the settings: the posts that its sign-in page offers, the names of its invented States."""


def demo_posts() -> list[dict[str, str]]:
    """Address, title and what to try, in English and French."""
    from entraide.demo.world import sign_ins

    return [
        {
            "email": post.email,
            "title_en": post.sign_in.title_en,
            "title_fr": post.sign_in.title_fr,
            "try_en": post.sign_in.try_en,
            "try_fr": post.sign_in.try_fr,
        }
        for post in sign_ins()
        if post.sign_in
    ]


def demo_states() -> dict[str, dict[str, str]]:
    """{code: {language: name}} of States that no list of countries knows."""
    from entraide.demo.world import states

    return {state.code: dict(state.names) for state in states()}
