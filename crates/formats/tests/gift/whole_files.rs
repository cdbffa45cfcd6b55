//! What happens to a file as a whole.

use formats::{Encoding, EntryStatus, FILE_BYTES_MAX, FileRefused, Format, ImportOptions, QUESTIONS_MAX};

use crate::support::{read, read_with, said};

fn refused(file: &[u8]) -> FileRefused {
    Format::Gift.importer().import(file, &ImportOptions::default()).unwrap_err()
}

/// Fifty questions of three lines each; number 37 is broken.
fn broken_at_37() -> String {
    (1..=50)
        .map(|number| match number {
            37 => format!("::Q{number}::What is {number}? {{\n=right ~wrong\n\n"),
            _ => format!("::Q{number}::What is {number}? {{\n=right ~wrong}}\n\n"),
        })
        .collect()
}

#[test]
fn the_report_names_the_line_and_reason_of_question_37_and_the_others_are_fine() {
    let import = read(&broken_at_37());
    assert_eq!((import.items.len(), import.refused()), (49, 1));
    let entry = &import.report[36];
    assert_eq!((entry.number, entry.line, entry.status), (37, 109, EntryStatus::Refused));
    assert_eq!(said(entry), ["109 gift.brace_not_closed"]);
    assert_eq!(entry.title, "::Q37::What is 37? { =right ~wrong");
    assert_eq!(import.items[36].number, 38);
}

#[test]
fn all_or_nothing_holds_back_the_other_49() {
    let options = ImportOptions { all_or_nothing: true, ..ImportOptions::default() };
    let import = read_with(&broken_at_37(), options);
    assert!(import.items.is_empty() && import.categories.is_empty());
    let held = import.report.iter().filter(|entry| entry.status == EntryStatus::HeldBack).count();
    assert_eq!((held, import.refused()), (49, 1));
    assert_eq!(read_with("A{T}\n\nB{F}", options).items.len(), 2);
}

#[test]
fn a_blank_line_inside_braces_ends_the_question_and_not_the_next_one() {
    let import = read("A{\n=x\n\n~y\n}\n\nB{T}\n\n}");
    let statuses: Vec<EntryStatus> = import.report.iter().map(|entry| entry.status).collect();
    assert_eq!(statuses, [EntryStatus::Refused, EntryStatus::Imported, EntryStatus::Refused]);
    assert_eq!(said(&import.report[0]), ["1 gift.brace_not_closed"]);
    assert_eq!(said(&import.report[2]), ["9 gift.brace_not_opened"]);
    assert_eq!(import.items[0].question.stem.text, "B");
}

#[test]
fn line_ends_and_a_mark_of_any_system_are_understood() {
    for file in
        ["\u{feff}::a::Q{T}\r\n\r\n::b::Q{F}\r\n", "::a::Q{T}\r\r::b::Q{F}", "\n\n::a::Q{T}\n \t\n::b::Q{F}"]
    {
        let import = read(file);
        let titles: Vec<&str> = import.items.iter().filter_map(|item| item.title.as_deref()).collect();
        assert_eq!(titles, ["a", "b"]);
    }
}

#[test]
fn a_file_in_another_encoding_is_refused_by_name_and_read_when_declared() {
    let western = b"::q::What is a\xf6df?{=caf\xe9}";
    assert_eq!(
        refused(western).to_string(),
        "The file is not in UTF-8. It is probably written in Windows-1252: choose that encoding, or save the \
         file as UTF-8."
    );
    let options = ImportOptions { encoding: Encoding::Windows1252, ..ImportOptions::default() };
    let import = Format::Gift.importer().import(western, &options).unwrap();
    assert_eq!(import.items[0].question.stem.text, "What is aödf?");

    // "首都？{=北京}" in GB18030.
    let chinese = b"\xca\xd7\xb6\xbc\xa3\xbf{=\xb1\xb1\xbe\xa9}";
    let refusal = refused(chinese);
    assert_eq!((refusal.code(), refusal.line()), ("import.wrong_encoding", Some(1)));
    assert!(matches!(refusal, FileRefused::Encoding { probable: Some(Encoding::Gb18030), .. }));
    for encoding in [Encoding::Gbk, Encoding::Gb18030] {
        let options = ImportOptions { encoding, ..ImportOptions::default() };
        let import = Format::Gift.importer().import(chinese, &options).unwrap();
        assert_eq!(import.items[0].question.stem.text, "首都？");
    }
}

#[test]
fn what_is_no_question_file_is_refused_as_a_whole() {
    assert_eq!(refused(b""), FileRefused::Empty);
    assert_eq!(refused(b"\n// only a comment\n\n"), FileRefused::Empty);
    assert_eq!(refused(b"PK\x03\x04\0\0"), FileRefused::NotText { line: 1 });
    assert_eq!(refused(&vec![b'a'; FILE_BYTES_MAX + 1]), FileRefused::TooLarge { bytes: FILE_BYTES_MAX + 1 });
    assert_eq!(
        refused("q{T}\n\n".repeat(QUESTIONS_MAX + 1).as_bytes()),
        FileRefused::TooManyQuestions { line: 2 * QUESTIONS_MAX as u32 + 1 }
    );
}

#[test]
fn a_question_that_can_be_read_but_makes_no_sense_is_refused_with_its_field() {
    let import = read("Q{=same ~same}\n\n{=a}\n\nQ{~%50%a ~%20%b}");
    let reasons: Vec<Vec<String>> = import.report.iter().map(said).collect();
    assert_eq!(
        reasons,
        [
            vec!["1 question.text_duplicate".to_owned()],
            vec!["3 question.text_empty".to_owned()],
            vec!["5 question.no_right_answer".to_owned()],
        ]
    );
    assert_eq!(import.report[0].notes[0].field.as_deref(), Some("question.body.options[1].text"));
}
