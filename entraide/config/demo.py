"""The posts that the demonstration's sign-in page offers."""


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
