//! Bytes that nobody meant as GIFT, and GIFT that somebody spoilt.

use formats::{Encoding, EntryStatus, Format, ImportOptions, WeightRule};
use proptest::prelude::*;
use question_model::validate;

const SAMPLE: &str = "// [id:1] [tag:x]\n::One::[html]<p>a \\{b\\}</p>{~%50%x#no =y#yes ####all}\n\n\
    $CATEGORY: $course$/top/数学\n\nIs it {=a =%50%b*#c} there?\n\nN{#=3.5:0.1 =%50%1..2 ~#no}\n\n\
    M{=a -> 1 =b -> 2 = -> 3}\n\nT{TRUE#a#b####c}\n\nE{}\n\nS{~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d}\n\ntext";

fn options() -> impl Strategy<Value = ImportOptions> {
    let encodings = vec![
        Encoding::Utf8,
        Encoding::Utf8,
        Encoding::Gb18030,
        Encoding::Gbk,
        Encoding::Windows1252,
        Encoding::Utf16,
    ];
    let weights = vec![WeightRule::Refuse, WeightRule::Nearest, WeightRule::Keep];
    (prop::sample::select(encodings), prop::sample::select(weights), any::<bool>())
        .prop_map(|(encoding, weights, all_or_nothing)| ImportOptions { encoding, weights, all_or_nothing })
}

/// Whatever came in: no panic, a report that fits the items, and only questions that can be used.
fn check(file: &[u8], options: &ImportOptions) -> Result<(), TestCaseError> {
    let Ok(import) = Format::Gift.importer().import(file, options) else { return Ok(()) };
    let usable = [EntryStatus::Imported, EntryStatus::ImportedWithWarning];
    let numbers: Vec<u32> = import
        .report
        .iter()
        .filter(|entry| usable.contains(&entry.status))
        .map(|entry| entry.number)
        .collect();
    prop_assert_eq!(numbers, import.items.iter().map(|item| item.number).collect::<Vec<_>>());
    for item in &import.items {
        prop_assert_eq!(validate(&item.question, &item.key), vec![]);
    }
    for entry in &import.report {
        prop_assert!(entry.line >= 1);
        prop_assert!(entry.status != EntryStatus::Refused || !entry.notes.is_empty());
    }
    prop_assert!(!options.all_or_nothing || import.refused() == 0 || import.items.is_empty());
    Ok(())
}

/// A change to one place of a file.
#[derive(Clone, Debug)]
enum Spoil {
    Drop(usize),
    Put(usize, u8),
    Cut(usize),
    Twice(usize, usize),
}

fn spoil() -> impl Strategy<Value = Spoil> {
    let sign = prop_oneof![prop::sample::select(b"{}=~#:\\%\n/[]-> *$".to_vec()), any::<u8>()];
    prop_oneof![
        any::<usize>().prop_map(Spoil::Drop),
        (any::<usize>(), sign).prop_map(|(at, byte)| Spoil::Put(at, byte)),
        any::<usize>().prop_map(Spoil::Cut),
        (any::<usize>(), 0..20_usize).prop_map(|(at, length)| Spoil::Twice(at, length)),
    ]
}

fn spoilt(mut file: Vec<u8>, spoils: Vec<Spoil>) -> Vec<u8> {
    for spoil in spoils {
        let place = |at: usize, file: &Vec<u8>| at % file.len().max(1);
        match spoil {
            _ if file.is_empty() => {}
            Spoil::Drop(at) => {
                let at = place(at, &file);
                file.remove(at);
            }
            Spoil::Put(at, byte) => {
                let at = place(at, &file);
                file.insert(at, byte);
            }
            Spoil::Cut(at) => file.truncate(place(at, &file)),
            Spoil::Twice(at, length) => {
                let at = place(at, &file);
                let piece = file[at..file.len().min(at + length)].to_vec();
                file.splice(at..at, piece);
            }
        }
    }
    file
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_importer_panic(file in prop::collection::vec(any::<u8>(), 0..200), options in options()) {
        check(&file, &options)?;
    }

    #[test]
    fn no_text_of_operators_makes_the_importer_panic(
        text in "[{}=~#:\\\\%\n/\\[\\]>$ a1.é－→-]{0,60}", options in options(),
    ) {
        check(text.as_bytes(), &options)?;
    }

    #[test]
    fn a_spoilt_file_is_reported_and_never_half_imported(
        spoils in prop::collection::vec(spoil(), 1..6), options in options(),
    ) {
        check(&spoilt(SAMPLE.as_bytes().to_vec(), spoils), &options)?;
    }
}

#[test]
fn the_sample_itself_is_fine() {
    let import = Format::Gift.importer().import(SAMPLE.as_bytes(), &ImportOptions::default()).unwrap();
    assert_eq!((import.items.len(), import.refused()), (8, 0));
}
