"""`gelassen playbook init` and `check`: the sentences that a business writes itself."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gelassen.cli.common import Data, Json, emit, now, talk


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    playbook = typer.Typer(help="The sentences that answers are made from.", no_args_is_help=True)
    playbook.command("init")(init)
    playbook.command("check")(check)
    app.add_typer(playbook, name="playbook")


def init(
    language: Annotated[str, typer.Option(help="de, en, fr or it; without it, that of your settings.")] = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Write the built-in sentences into the data folder, commented out, so that you can change them one by one."""
    from gelassen.errors import WrongUse
    from gelassen.home import load
    from gelassen.own_playbook import begin
    from responder.playbook.load import languages

    home = load(data)
    chosen = language or home.settings.locale[:2]
    if chosen not in languages():
        raise WrongUse(f"There are no sentences for “{chosen}”; there are some for {', '.join(languages())}.")
    written, kept = begin(home.playbook, chosen)
    if as_json:
        emit({"folder": str(home.playbook), "written": list(map(str, written)), "kept": list(map(str, kept))})
    for file in kept:
        talk(f"Left as it is: {file}")
    talk(f"Wrote {len(written)} files to {home.playbook}. After a change: gelassen playbook check")


def check(data: Data = None, as_json: Json = False) -> None:
    """Look through your own sentences for gaps and contradictions; answers come in any case."""
    from gelassen.home import load
    from gelassen.own_playbook import examined

    home = load(data)
    problems = examined(home, now())
    if as_json:
        emit([_row(problem) for problem in problems])
    else:
        for problem in problems:
            talk(f"{home.playbook}/{problem}" if problem.file else str(problem))
    if problems:
        raise typer.Exit(1)
    own = home.playbook.is_dir()
    talk("Your sentences are fine." if own else "There are no sentences of your own; the built-in ones are used.")


def _row(problem: Any) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "where": problem.where,
        "what": problem.what,
        "why": problem.why,
        "fix": problem.fix,
    }
