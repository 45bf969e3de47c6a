//! The console blocks of the book are run as they stand, so that the book cannot drift from the program.

#[test]
fn console_blocks_do_what_the_book_says() {
    trycmd::TestCases::new()
        .case("book/src/quickstart.md")
        .case("book/src/command-line.md");
}
