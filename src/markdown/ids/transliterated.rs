//! Slugs of @sindresorhus/slugify 2.2.1, as Eleventy 3.1.8 asks for them (`src/Filters/Slugify.js`).

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// Letters and digits of ASCII, in lower case, with a hyphen for all between; other letters by what they sound like.
pub(super) fn slug(text: &str) -> String {
    static MARKS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\p{Diacritic}").expect("a pattern that a test compiles"));
    static SHORT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"([a-z0-9]+)'([ts])(\s|$)").expect("a pattern that a test compiles"));
    let mut plain = String::with_capacity(text.len());
    for sign in text.nfc() {
        if sign == '&' {
            plain.push_str(" and ");
            continue;
        }
        match NAMES.get(&sign).filter(|_| !sign.is_ascii()) {
            Some(name) => plain.push_str(name),
            None => plain.push(sign),
        }
    }
    if !plain.is_ascii() {
        let apart: String = plain.nfd().collect();
        plain = MARKS.replace_all(&apart, "").nfc().collect();
    } else {
        // Two signs of ASCII are diacritics.
        plain.retain(|sign| !matches!(sign, '^' | '`'));
    }
    let lower = plain.to_lowercase();
    let lower = if lower.contains('\'') { SHORT.replace_all(&lower, "$1$2$3").into_owned() } else { lower };
    let mut slug = String::with_capacity(lower.len());
    for sign in lower.chars() {
        if sign.is_ascii_lowercase() || sign.is_ascii_digit() {
            slug.push(sign);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

static NAMES: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| {
    let named = |&(name, letters): &(&'static str, &'static str)| letters.chars().map(move |letter| (letter, name));
    LETTERS.iter().flat_map(named).collect()
});

/// Letters of the first plane that are more than a letter of ASCII with marks (@sindresorhus/transliterate 1.6, asked
/// letter by letter).
#[rustfmt::skip]
const LETTERS: &[(&str, &str)] = &[
    ("", "ЪЬъь"),
    ("-a-", "⒜Ⓐⓐ"),
    ("-b-", "⒝Ⓑⓑⓒ"),
    ("-c-", "⒞Ⓒⓓ"),
    ("-d-", "⒟Ⓓ"),
    ("-e-", "⒠Ⓔⓔ"),
    ("-f-", "⒡Ⓕⓕ"),
    ("-g-", "⒢Ⓖⓖ"),
    ("-h-", "⒣Ⓗⓗ"),
    ("-i-", "⒤Ⓘⓘ"),
    ("-j-", "⒥Ⓙⓙ"),
    ("-k-", "⒦Ⓚⓚ"),
    ("-l-", "⒧Ⓛⓛ"),
    ("-love-", "♥"),
    ("-m-", "⒨ⓜ"),
    ("-n-", "⒩Ⓝⓝ"),
    ("-o-", "⒪Ⓞⓞ"),
    ("-p-", "⒫Ⓟⓟ"),
    ("-q-", "⒬Ⓠⓠ"),
    ("-r-", "⒭Ⓡⓡ"),
    ("-s-", "⒮Ⓢⓢ"),
    ("-t-", "⒯Ⓣⓣ"),
    ("-u-", "⒰Ⓤⓤ"),
    ("-v-", "⒱Ⓥⓥ"),
    ("-w-", "⒲Ⓦⓦ"),
    ("-x-", "⒳Ⓧⓧ"),
    ("-y-", "⒴Ⓨⓨ"),
    ("-z-", "⒵Ⓩⓩ"),
    ("0", "\u{660}\u{6f0}⓪⓿"),
    ("1", "\u{661}\u{6f1}①⑴⓵"),
    ("1-", "⒈"),
    ("10", "⑩⑽⓾"),
    ("10-", "⒑"),
    ("11", "⑪⑾⓫"),
    ("11-", "⒒"),
    ("12", "⑫⑿⓬"),
    ("12-", "⒓"),
    ("13", "⑬⒀⓭"),
    ("13-", "⒔"),
    ("14", "⑭⒁⓮"),
    ("14-", "⒕"),
    ("15", "⑮⒂⓯"),
    ("15-", "⒖"),
    ("16", "⑯⒃⓰"),
    ("16-", "⒗"),
    ("17", "⑰⒄⓱"),
    ("17-", "⒘"),
    ("18", "⑱⒅⓲"),
    ("18-", "⒙"),
    ("19", "⑲⒆⓳"),
    ("19-", "⒚"),
    ("2", "\u{662}\u{6f2}②⑵⓶"),
    ("2-", "⒉"),
    ("20", "⑳⒇⓴"),
    ("20-", "⒛"),
    ("3", "\u{663}\u{6f3}③⑶⓷"),
    ("3-", "⒊"),
    ("4", "\u{664}\u{6f4}④⑷⓸"),
    ("4-", "⒋"),
    ("5", "\u{665}\u{6f5}⑤⑸⓹"),
    ("5-", "⒌"),
    ("6", "\u{666}\u{6f6}⑥⑹⓺"),
    ("6-", "⒍"),
    ("7", "\u{667}\u{6f7}⑦⑺⓻"),
    ("7-", "⒎"),
    ("8", "\u{668}\u{6f8}⑧⑻⓼"),
    ("8-", "⒏"),
    ("9", "\u{669}\u{6f9}⑨⑼⓽"),
    ("9-", "⒐"),
    ("a", "ΆΑάαАаԱա\u{622}\u{623}\u{627}\u{649}\u{787}\u{7a2}\u{7a6}აάΆ₳"),
    ("aa", "\u{7a7}"),
    ("ae", "ÄÆäæ"),
    ("ai", "\u{6cd}"),
    ("b", "ΒБбԲբ\u{628}\u{784}\u{7ff}฿ბ₿"),
    ("bo", "૱"),
    ("c", "¢Ցց\u{685}₡₵￠"),
    ("ce", "₠"),
    ("ch", "ЧчՉչ\u{686}\u{797}ჩ"),
    ("cr", "₢"),
    ("d", "ÐðĐđΔδДдԴդ\u{62f}\u{636}\u{688}\u{689}\u{791}\u{79f}დ\u{feab}"),
    ("dh", "\u{630}\u{78b}"),
    ("dp", "₯"),
    ("dz", "Ձձძ"),
    ("e", "ΈΕέεЕЭеэԷէ\u{621}\u{639}\u{6c0}\u{6d0}\u{6d2}\u{7ac}ეέΈ€"),
    ("ee", "\u{7a9}"),
    ("ey", "\u{7ad}"),
    ("f", "ΦφФфՖֆ\u{641}\u{78a}₣"),
    ("g", "ΓγГгҐґԳգ\u{696}\u{6ab}\u{6af}\u{78e}გ₲"),
    ("gh", "Ղղ\u{63a}\u{7a3}ღ"),
    ("gn", "\u{78f}"),
    ("h", "ĦħՀհ\u{62d}\u{647}\u{6be}\u{6c1}\u{780}ჰ"),
    ("hh", "\u{799}"),
    ("i", "ıΉΊΐΗΙΪήίηιϊІИиіԻի\u{625}\u{7a8}იήίιΉΐΊ"),
    ("ij", "Ĳĳ"),
    ("j", "Ջջ\u{62c}\u{796}ჯ"),
    ("k", "ΚκКкԿկ\u{643}\u{6a9}\u{786}კყ₭"),
    ("kh", "ХхԽխ\u{62e}\u{79a}ხ"),
    ("kj", "Ќќ"),
    ("ks", "Ξξ"),
    ("l", "ŁłΛλЛлԼլ\u{644}\u{78d}ლ₺"),
    ("lh", "\u{785}"),
    ("lj", "Љљ"),
    ("m", "ΜμМмՄմ\u{645}\u{789}მ₥"),
    ("n", "ΝνНнՆն\u{646}\u{6ba}\u{6bc}\u{782}ნ₦"),
    ("nj", "Њњ"),
    ("o", "ØøΌΏΟΩοωόώОоՕօ\u{7ae}ოόώΌΏΩ"),
    ("oa", "\u{7af}"),
    ("oe", "Öö"),
    ("oo", "\u{7ab}"),
    ("p", "ΠπПпՊՓպփ\u{67c}\u{67e}\u{795}პ₱₽"),
    ("ph", "ფ"),
    ("ps", "Ψψ"),
    ("pt", "₧"),
    ("q", "Քք\u{642}\u{7a4}ქ"),
    ("r", "ΡρРрՌՐռր\u{631}\u{691}\u{693}\u{783}რ₹\u{fead}"),
    ("rs", "₨"),
    ("s", "ΣςσСсՍս\u{633}\u{635}\u{790}\u{79e}ს₫₰₴₷"),
    ("sch", "Щщ"),
    ("sh", "ШшՇշ\u{634}\u{781}\u{79d}შ"),
    ("ss", "ßẞ"),
    ("t", "ΤτТтԹՏթտ\u{629}\u{62a}\u{637}\u{679}\u{793}\u{7a0}৳თტ₮₸"),
    ("tch", "Ճճჭ"),
    ("th", "ÞþΘθ\u{62b}\u{78c}\u{79b}"),
    ("ts", "ЦцԾծცწ"),
    ("tt", "\u{798}₶"),
    ("u", "Уу\u{64f}\u{7aa}უ"),
    ("ue", "Üü"),
    ("v", "βВвՎվ\u{788}ვ"),
    ("vo", "Ոո"),
    ("w", "\u{624}\u{648}\u{7a5}₩￦"),
    ("x", "Χχ\u{69a}"),
    ("y", "¥ΎΥΫΰυϋύЙЫйыԸՅըյ\u{626}\u{64a}\u{6cc}\u{794}ύΰΎ￥"),
    ("ya", "Яя"),
    ("ye", "ЄєԵե"),
    ("yev", "և"),
    ("yi", "Її"),
    ("yo", "Ёё"),
    ("yu", "Юю"),
    ("z", "ΖζЗзԶզ\u{632}\u{638}\u{681}\u{792}\u{79c}\u{7a1}ზ\u{feaf}"),
    ("zh", "ЖжԺժ\u{698}ჟ"),
];

#[cfg(test)]
mod tests {
    use super::slug;

    /// Asked of Eleventy 3.1.8.
    #[test]
    fn slugs_of_eleventy() {
        for (text, expected) in [
            ("Ünïcödé Straße", "uenicoede-strasse"),
            ("배운 것", ""),
            ("A 배 b", "a-b"),
            ("don't it's 'a' cats'", "dont-its-a-cats"),
            ("C++ & C#", "c-and-c"),
            ("Привет мир", "privet-mir"),
            ("a^b `c`", "ab-c"),
            ("①②", "12"),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }
}
