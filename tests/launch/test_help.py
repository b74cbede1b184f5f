"""The command line tells what there is, whole, and by what one wants to do."""

from click.testing import CliRunner

from entraide.cli import main


def test_every_command_stands_under_a_heading_with_a_whole_sentence() -> None:
    listed = [name for names in main.sections.values() for name in names]
    assert sorted(listed) == sorted(main.commands) and len(listed) == len(set(listed))
    text = CliRunner().invoke(main, ["--help"], terminal_width=80).output
    assert "..." not in text.partition("Options:")[2] and max(map(len, text.splitlines())) <= 80
    for name in ("demo", "serve", "worker", "migrate", "check", "import", "export", "audit"):
        assert f"\n  {name} " in text


def test_every_command_has_a_help_that_says_something() -> None:
    for name, command in main.commands.items():
        answer = CliRunner().invoke(main, [name, "--help"])
        assert answer.exit_code == 0 and command.help and len(command.help) > 15, name
