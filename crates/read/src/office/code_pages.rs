//! Which encoding a number of Windows stands for: of a font in RTF, of a message in MSG.

use encoding_rs::Encoding;

/// The encoding of a font by its `fcharset`, where that names one.
pub(super) fn of_charset(charset: i64) -> Option<&'static Encoding> {
    Some(match charset {
        128 => encoding_rs::SHIFT_JIS,
        129 | 130 => encoding_rs::EUC_KR,
        134 => encoding_rs::GBK,
        136 => encoding_rs::BIG5,
        161 => encoding_rs::WINDOWS_1253,
        162 => encoding_rs::WINDOWS_1254,
        163 => encoding_rs::WINDOWS_1258,
        177 => encoding_rs::WINDOWS_1255,
        178 => encoding_rs::WINDOWS_1256,
        186 => encoding_rs::WINDOWS_1257,
        204 => encoding_rs::WINDOWS_1251,
        222 => encoding_rs::WINDOWS_874,
        238 => encoding_rs::WINDOWS_1250,
        77 => encoding_rs::MACINTOSH,
        _ => return None,
    })
}

/// The encoding of a code page of Windows by its number.
pub(crate) fn of_code_page(number: i64) -> Option<&'static Encoding> {
    Some(match number {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 => encoding_rs::WINDOWS_1252,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10_000 => encoding_rs::MACINTOSH,
        20_866 => encoding_rs::KOI8_R,
        21_866 => encoding_rs::KOI8_U,
        28_591 => encoding_rs::WINDOWS_1252,
        50_220 => encoding_rs::ISO_2022_JP,
        51_932 => encoding_rs::EUC_JP,
        51_949 => encoding_rs::EUC_KR,
        54_936 => encoding_rs::GB18030,
        65_001 => encoding_rs::UTF_8,
        _ => return None,
    })
}
