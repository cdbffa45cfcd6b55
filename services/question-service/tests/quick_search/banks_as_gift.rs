//! Turns two published collections of questions into GIFT.
//!
//! OpenTriviaQA: `#Q` and a text, `^` and the right answer, then `A`, `B`, … and the options. Its files are in UTF-8 or in
//! something that is nearly Windows-1252; they are turned byte by byte, so that each stays in its encoding. GAOKAO-Bench:
//! JSON with the whole of a question as one text; the options are taken out where they can be told.

use std::{fs, io, path::Path};

use serde::Deserialize;

/// A GIFT file.
pub struct GiftFile {
    pub name: String,
    pub bytes: Vec<u8>,
    /// How the service calls its encoding.
    pub encoding: &'static str,
}

/// The 22 files of OpenTriviaQA.
pub fn opentriviaqa(folder: &Path) -> io::Result<Vec<GiftFile>> {
    files(&folder.join("categories"), |name, bytes| {
        let encoding = if std::str::from_utf8(bytes).is_ok() { "utf8" } else { "windows-1252" };
        GiftFile { name: name.to_owned(), bytes: trivia(name, bytes), encoding }
    })
}

/// The files of GAOKAO-Bench.
pub fn gaokao_bench(folder: &Path) -> io::Result<Vec<GiftFile>> {
    let turned = files(folder, |name, bytes| {
        let bytes = serde_json::from_slice(bytes).map(|file| gaokao(name, file)).unwrap_or_default();
        GiftFile { name: name.to_owned(), bytes, encoding: "utf8" }
    })?;
    Ok(turned.into_iter().filter(|file| file.name.ends_with(".json")).collect())
}

fn files(folder: &Path, turn: impl Fn(&str, &[u8]) -> GiftFile) -> io::Result<Vec<GiftFile>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    paths
        .iter()
        .map(|path| Ok(turn(&path.file_name().unwrap_or_default().to_string_lossy(), &fs::read(path)?)))
        .collect()
}

fn trivia(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut gift = format!("$CATEGORY: Trivia/{name}\n\n").into_bytes();
    let bytes: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'\r').collect();
    let mut question = Trivia::default();
    for line in bytes.split(|byte| *byte == b'\n') {
        if let Some(text) = line.strip_prefix(b"#Q") {
            question.write(name, &mut gift);
            question.text.extend(text.trim_ascii());
        } else if let Some(answer) = line.strip_prefix(b"^ ") {
            question.answer = Some(answer.trim_ascii().to_vec());
        } else if question.begins_option(line) {
            question.options.push(line[2..].trim_ascii().to_vec());
        } else if !line.trim_ascii().is_empty() {
            question.go_on(line.trim_ascii());
        }
    }
    question.write(name, &mut gift);
    gift
}

#[derive(Default)]
struct Trivia {
    number: u32,
    text: Vec<u8>,
    answer: Option<Vec<u8>>,
    options: Vec<Vec<u8>>,
}

impl Trivia {
    /// Options come in the order of the alphabet; another letter begins a word.
    fn begins_option(&self, line: &[u8]) -> bool {
        let next = b'A'.wrapping_add(self.options.len() as u8);
        self.answer.is_some() && line.len() > 2 && line[0] == next && line[1] == b' '
    }

    /// A line without a mark goes on with what stands before it.
    fn go_on(&mut self, line: &[u8]) {
        let part = self.options.last_mut().or(self.answer.as_mut()).unwrap_or(&mut self.text);
        part.push(b' ');
        part.extend(line);
    }

    fn write(&mut self, name: &str, gift: &mut Vec<u8>) {
        let Self { number, text, answer, options } = std::mem::take(self);
        self.number = number + 1;
        let Some(answer) = answer.filter(|answer| !answer.is_empty() && !text.is_empty()) else { return };
        let mut wrong: Vec<Vec<u8>> = Vec::new();
        for option in options {
            if option != answer && !option.is_empty() && !wrong.contains(&option) {
                wrong.push(option);
            }
        }
        gift.extend(format!("// [id:{name}-{number}] [tag:trivia]\n").bytes());
        gift.extend(escaped(&text));
        gift.extend(b" {=");
        gift.extend(escaped(&answer));
        for option in wrong {
            gift.extend(b" ~");
            gift.extend(escaped(&option));
        }
        gift.extend(b"}\n\n");
    }
}

/// The characters that mean something in GIFT are ASCII in every encoding here.
fn escaped(text: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(text.len() + 8);
    for byte in text {
        if b"\\:#={}~".contains(byte) {
            escaped.push(b'\\');
        }
        // A control character is of no use to anybody.
        escaped.push(if byte.is_ascii_control() { b' ' } else { *byte });
    }
    // At the beginning it would be a format, or a comment.
    if escaped.starts_with(b"[") || escaped.starts_with(b"//") || escaped.starts_with(b"$") {
        escaped.insert(0, b' ');
        escaped.splice(0..0, *b"[plain]");
    }
    escaped
}

#[derive(Deserialize)]
struct GaokaoFile {
    example: Vec<Gaokao>,
}

#[derive(Deserialize)]
struct Gaokao {
    year: String,
    question: String,
    answer: serde_json::Value,
    index: u32,
}

fn gaokao(name: &str, file: GaokaoFile) -> Vec<u8> {
    let subject = name.trim_end_matches(".json");
    let mut gift = format!("$CATEGORY: 高考/{subject}\n\n");
    for Gaokao { year, question, answer, index } in file.example {
        let answers: Vec<&str> =
            answer.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str).collect();
        let text: String =
            question.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        let (stem, options) = parted(&text);
        let body = match answers.as_slice() {
            [right] if right.len() == 1 && "ABCD".contains(right) => options
                .iter()
                .zip("ABCD".chars())
                .map(|(option, letter)| {
                    format!(" {}{}", if right.starts_with(letter) { '=' } else { '~' }, shown(option))
                })
                .collect(),
            // Several questions in one text: a person marks them.
            _ => String::new(),
        };
        let stem = if body.is_empty() { &text } else { stem };
        gift.push_str(&format!(
            "// [id:{subject}-{index}] [tag:高考] [tag:{year}]\n[plain]{}{{{body}}}\n\n",
            shown(stem)
        ));
    }
    gift.into_bytes()
}

fn shown(text: &str) -> String {
    String::from_utf8_lossy(&escaped(text.replace('\n', " ").trim().as_bytes())).into_owned()
}

/// The text before the options, and the four options; their letters when they can't be told.
fn parted(text: &str) -> (&str, [&str; 4]) {
    let mut places = [0; 5];
    places[4] = text.len();
    for (number, mark) in ["A．", "B．", "C．", "D．"].into_iter().enumerate() {
        match text.match_indices(mark).collect::<Vec<_>>().as_slice() {
            [(place, _)] if number == 0 || *place > places[number - 1] => places[number] = *place,
            _ => return (text, ["A", "B", "C", "D"]),
        }
    }
    let option = |number: usize| text[places[number] + "A．".len()..places[number + 1]].trim();
    let options = [option(0), option(1), option(2), option(3)];
    let differ = (0..4).all(|one| !options[one].is_empty() && !options[..one].contains(&options[one]));
    if differ { (&text[..places[0]], options) } else { (text, ["A", "B", "C", "D"]) }
}
