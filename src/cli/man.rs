//! `xlc man`: the manual page, with a section per command.

use clap::CommandFactory as _;

use super::Status;
use super::terminal::Terminal;

pub(super) fn run(terminal: &mut Terminal) -> Status {
    let mut command = super::Arguments::command();
    command.build();
    let mut page = Vec::new();
    let mut result = clap_mangen::Man::new(command.clone()).render(&mut page);
    for inner in command.get_subcommands().filter(|it| !it.is_hide_set()) {
        let name = format!("xlc-{}", inner.get_name());
        let man = clap_mangen::Man::new(inner.clone()).title(name);
        result = result
            .and_then(|()| man.render_name_section(&mut page))
            .and_then(|()| man.render_synopsis_section(&mut page))
            .and_then(|()| man.render_options_section(&mut page));
    }
    match result {
        Ok(()) => {
            terminal.print_bytes(&page);
            Status::Clean
        }
        Err(error) => {
            terminal.error(&format!("cannot write the manual page: {error}"));
            Status::Failed
        }
    }
}
