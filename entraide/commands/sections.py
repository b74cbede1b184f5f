"""The command line's table of contents: commands by what one wants to do, each with its whole first sentence."""

import click

from entraide.commands.untold import sentence

WIDEST = 400


class Sections(click.Group):
    """A group whose help lists its commands under headings, in the order in which they were added."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # click's own arguments
        self.sections: dict[str, list[str]] = {}

    def add_section(self, title: str, *commands: click.Command) -> None:
        """Adds commands under a heading."""
        for command in commands:
            self.add_command(command)
            self.sections.setdefault(title, []).append(str(command.name))

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; what it was not told becomes a sentence, everything else stays an error."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            said = sentence(error)
            if not said:
                raise
            raise SystemExit(said) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Click cuts a sentence at the edge of the screen; here it is wrapped."""
        widest = max(len(name) for name in self.commands)
        for title, names in self.sections.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(widest), self.commands[name].get_short_help_str(WIDEST)) for name in names])
