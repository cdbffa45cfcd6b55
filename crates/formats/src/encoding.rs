//! Bytes to text, or a clear no.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::FileRefused;

/// What a file is written in. Nothing is guessed: a wrong guess would import garbage that looks like text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// With or without a byte order mark.
    #[default]
    Utf8,
    /// What Chinese Windows writes; holds all of GB2312.
    Gbk,
    /// The Chinese standard; holds all of GBK.
    Gb18030,
    /// What western Windows writes.
    #[serde(rename = "windows-1252")]
    Windows1252,
    /// What Windows calls "Unicode". Can be named in a refusal, not read.
    #[serde(rename = "utf-16")]
    Utf16,
}

impl Encoding {
    /// Its usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gbk => "GBK",
            Self::Gb18030 => "GB18030",
            Self::Windows1252 => "Windows-1252",
            Self::Utf16 => "UTF-16",
        }
    }
}

const UTF8_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// The text of a file, without byte order mark, with `\n` for every line end.
pub(crate) fn decode(file: &[u8], declared: Encoding) -> Result<String, FileRefused> {
    let refused = |at: usize, probable| FileRefused::Encoding { line: line_at(file, at), declared, probable };
    if declared != Encoding::Utf8 && file.starts_with(UTF8_MARK) {
        return Err(refused(0, Some(Encoding::Utf8)));
    }
    if file.starts_with(&[0xff, 0xfe]) || file.starts_with(&[0xfe, 0xff]) {
        return Err(refused(0, Some(Encoding::Utf16)));
    }
    if let Some(at) = file.iter().position(|byte| *byte == 0) {
        return Err(FileRefused::NotText { line: line_at(file, at) });
    }
    let text: Cow<'_, str> = match declared {
        Encoding::Utf8 => {
            let bytes = file.strip_prefix(UTF8_MARK).unwrap_or(file);
            let text = std::str::from_utf8(bytes).map_err(|error| {
                refused(file.len() - bytes.len() + error.valid_up_to(), Some(probable(file)))
            })?;
            text.into()
        }
        Encoding::Gbk | Encoding::Gb18030 => encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(file)
            .ok_or_else(|| {
                refused(first_undecodable(file), Some(probable(file)).filter(|it| *it != Encoding::Gb18030))
            })?,
        Encoding::Windows1252 => encoding_rs::WINDOWS_1252.decode_without_bom_handling(file).0,
        Encoding::Utf16 => return Err(refused(0, None)),
    };
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Where GB18030 text stops being that.
fn first_undecodable(file: &[u8]) -> usize {
    let mut decoder = encoding_rs::GB18030.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(file.len() * 2);
    decoder.decode_to_string_without_replacement(file, &mut text, true).1.saturating_sub(1)
}

/// What bytes that aren't UTF-8 probably are. Chinese text has its high bytes in pairs, most of them in the
/// two-byte plane of GB2312; western text has single ones between ASCII letters.
fn probable(file: &[u8]) -> Encoding {
    let (mut paired, mut single) = (0_usize, 0_usize);
    let mut bytes = file.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte < 0x80 {
            continue;
        }
        let lead = matches!(byte, 0xa1..=0xa9 | 0xb0..=0xf7);
        if lead && bytes.next_if(|trail| *trail >= 0xa1).is_some() {
            paired += 2;
        } else {
            single += 1;
        }
    }
    if paired > single * 4 { Encoding::Gb18030 } else { Encoding::Windows1252 }
}

/// The line of a byte, from 1.
fn line_at(file: &[u8], at: usize) -> u32 {
    let before = &file[..at.min(file.len())];
    let feeds = before.iter().filter(|byte| **byte == b'\n').count();
    let returns = before.windows(2).filter(|pair| pair[0] == b'\r' && pair[1] != b'\n').count();
    u32::try_from(feeds + returns + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(file: &[u8], declared: Encoding) -> (u32, Option<Encoding>) {
        match decode(file, declared) {
            Err(FileRefused::Encoding { line, probable, .. }) => (line, probable),
            other => panic!("not refused: {other:?}"),
        }
    }

    #[test]
    fn a_mark_and_every_line_end_are_understood() {
        assert_eq!(decode(b"\xef\xbb\xbf::a\r\nb\rc\nd", Encoding::Utf8).unwrap(), "::a\nb\nc\nd");
    }

    #[test]
    fn western_text_is_refused_and_named() {
        assert_eq!(refusal(b"one\ntwo a\xf6df", Encoding::Utf8), (2, Some(Encoding::Windows1252)));
        assert_eq!(
            refusal(b"Qu'est-ce que c'\xe9tait ? caf\xe9", Encoding::Utf8).1,
            Some(Encoding::Windows1252)
        );
        assert_eq!(decode(b"a\xf6df", Encoding::Windows1252).unwrap(), "aödf");
    }

    #[test]
    fn chinese_text_is_refused_and_named_and_read_when_declared() {
        let (bytes, ..) = encoding_rs::GB18030.encode("中国的首都是哪里？{=北京 ~上海}\n");
        assert_eq!(refusal(&bytes, Encoding::Utf8), (1, Some(Encoding::Gb18030)));
        for declared in [Encoding::Gbk, Encoding::Gb18030] {
            assert_eq!(decode(&bytes, declared).unwrap(), "中国的首都是哪里？{=北京 ~上海}\n");
        }
        assert_eq!(refusal(b"ok\na\xf6df\xff", Encoding::Gb18030), (2, Some(Encoding::Windows1252)));
    }

    #[test]
    fn what_says_it_is_unicode_is_believed() {
        assert_eq!(refusal(b"\xff\xfea\0", Encoding::Utf8).1, Some(Encoding::Utf16));
        assert_eq!(refusal(b"\xef\xbb\xbfx", Encoding::Gbk).1, Some(Encoding::Utf8));
        assert_eq!(decode(b"a\nPK\0", Encoding::Utf8), Err(FileRefused::NotText { line: 2 }));
    }
}
