//! Builds sites with pictures that are made here, and looks at what became of them: upright, stripped, in
//! bounds, kept between builds; and that no bytes that a file may hold end the program.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;

use crate::shared::files;
use gen_site::diagnostic::Severity;
use gen_site::model::date::Day;
use gen_site::picture::draw::{Brush, Insets};
use gen_site::picture::font::Fonts;
use gen_site::picture::metadata;
use gen_site::picture::raster::{self, Trouble};
use gen_site::{Options, Report, Today};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use proptest::prelude::*;
use tempfile::TempDir;

const FONT: &[u8] = include_bytes!("../../themes/default/cards/c-manrope.ttf");

/// Red on the left, blue on the right, with a slope in green, so that it is no flat colour.
fn photo(width: u32, height: u32) -> DynamicImage {
    let image = RgbImage::from_fn(width, height, |x, y| {
        let green = (y * 80 / height) as u8;
        match x < width / 2 {
            true => Rgb([200, green, 20]),
            false => Rgb([20, green, 200]),
        }
    });
    DynamicImage::from(image)
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG file as a camera writes it that was held upright: turned by 90 degrees, and with a place in it.
fn from_a_camera(width: u32, height: u32) -> Vec<u8> {
    let jpeg = encoded(&photo(width, height), ImageFormat::Jpeg);
    // One entry: tag 0x0112, a short, 6.
    let mut exif =
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend(b"GPS 52.5 N 13.4 E");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, &exif, &jpeg[2..]].concat()
}

struct Site {
    folder: TempDir,
}

impl Site {
    fn new(settings: &str, article: &str) -> Site {
        let site = Site {
            folder: tempfile::tempdir().unwrap(),
        };
        let start = "title = \"Site\"\nbase_url = \"https://example.org\"\nfeeds = { size = 0 }\n";
        site.write("site.toml", format!("{start}{settings}").as_bytes());
        site.article(article);
        site
    }

    fn article(&self, text: &str) {
        let head = "---\ntitle: One\ndescription: About One.\ndate: 2026-01-01\n";
        self.write("content/a/one.md", format!("{head}{text}\n").as_bytes());
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn build(&self, output: &str) -> (Report, BTreeMap<String, Vec<u8>>) {
        self.build_with(output, true)
    }

    fn build_with(&self, output: &str, cache: bool) -> (Report, BTreeMap<String, Vec<u8>>) {
        let options = Options {
            root: self.folder.path().to_path_buf(),
            base_url: None,
            drafts: false,
            future: false,
            today: Today::Day(Day::parse("2026-11-23").unwrap()),
        };
        let output = self.folder.path().join(output);
        let report = gen_site::build(
            &options,
            gen_site::Build {
                output: &output,
                strict: false,
                cache,
                held: gen_site::HELD,
            },
            &mut |_, _| (),
        )
        .unwrap();
        (report, files(&output))
    }

    /// The pictures that are kept from build to build.
    fn kept(&self) -> BTreeMap<String, Vec<u8>> {
        let mut all = files(&self.folder.path().join(".gen"));
        all.retain(|name, _| name.starts_with("images/") || name.starts_with("cards/"));
        all
    }
}

fn named<'a>(files: &'a BTreeMap<String, Vec<u8>>, start: &str, end: &str) -> &'a [u8] {
    let found = files
        .iter()
        .find(|(name, _)| name.starts_with(start) && name.ends_with(end));
    found
        .unwrap_or_else(|| panic!("no {start}*{end} among {:?}", files.keys()))
        .1
}

#[test]
fn a_photograph_stands_upright_and_tells_nothing() {
    let site = Site::new("", "image: photo.jpg\n---\n\n![A wall](photo.jpg)");
    site.write("content/a/photo.jpg", &from_a_camera(2000, 1000));
    let (report, files) = site.build("public");
    assert!(report.diagnostics.is_empty());
    let names: Vec<&str> = files
        .keys()
        .map(String::as_str)
        .filter(|name| name.starts_with("pictures/"))
        .collect();
    assert_eq!(names.len(), 4, "{names:?}");
    for (name, bytes) in files
        .iter()
        .filter(|(name, _)| name.starts_with("pictures/"))
    {
        let width: u32 = name.split('.').nth(1).unwrap().parse().unwrap();
        let image = image::load_from_memory(bytes).unwrap().into_rgb8();
        assert_eq!(image.dimensions(), (width, width * 2), "{name}");
        let (top, bottom) = (
            image.get_pixel(width / 2, 20),
            image.get_pixel(width / 2, width * 2 - 20),
        );
        assert!(
            top[0] > 150 && top[2] < 80 && bottom[2] > 150 && bottom[0] < 80,
            "{name}"
        );
        assert!(
            !bytes.windows(3).any(|w| w == b"GPS" || w == b"Exi"),
            "{name}"
        );
        assert!(
            !bytes.windows(4).any(|w| w == b"EXIF" || w == b"ICCP"),
            "{name}"
        );
    }
    let html = String::from_utf8_lossy(&files["a/one/index.html"]);
    assert!(html.contains("width=\"1000\" height=\"2000\""));
    assert!(html.contains("data-tone=\"#"));
    assert!(!html.contains("photo.jpg\""));
}

#[test]
fn what_is_kept_is_used_mended_and_forgotten() {
    let text = "image: photo.jpg\n---\n\n![A wall](wall.png)";
    let site = Site::new("cards = { enabled = true }", text);
    site.write("content/a/photo.jpg", &from_a_camera(900, 600));
    site.write(
        "content/a/wall.png",
        &encoded(&photo(700, 300), ImageFormat::Png),
    );
    let (_, first) = site.build("first");
    let kept = site.kept();
    // Two sets of facts; 480 and 600, 480 and 700 pixels, and one for other sites; card and pin.
    assert_eq!(kept.len(), 9, "{:?}", kept.keys());

    for (name, bytes) in &kept {
        let mut broken = bytes.clone();
        match bytes.len() % 2 {
            0 => broken.truncate(bytes.len() / 2),
            _ => broken[0] ^= 1,
        }
        site.write(&format!(".gen/{name}"), &broken);
    }
    assert_eq!(site.build("second").1, first);
    assert_eq!(site.kept(), kept);

    fs::remove_dir_all(site.folder.path().join(".gen")).unwrap();
    assert_eq!(site.build("third").1, first);
    assert_eq!(site.kept(), kept);

    site.article("---\n\nNo picture.");
    site.build("third");
    let names: Vec<String> = site.kept().into_keys().collect();
    assert!(
        names.len() == 2 && names.iter().all(|name| name.starts_with("cards/")),
        "{names:?}"
    );

    site.write(
        "site.toml",
        b"title = \"Site\"\nbase_url = \"https://example.org\"\n",
    );
    site.build("third");
    assert!(site.kept().is_empty());
}

#[test]
fn a_site_that_cannot_be_written_to_is_built_all_the_same() {
    let site = Site::new("cards = { enabled = true }", "---\n\n![A wall](wall.png)");
    site.write(
        "content/a/wall.png",
        &encoded(&photo(700, 300), ImageFormat::Png),
    );
    let (_, first) = site.build("first");
    fs::remove_dir_all(site.folder.path().join(".gen")).unwrap();
    // A file in the folder's place.
    site.write(".gen", b"");
    assert_eq!(site.build("second").1, first);
}

#[test]
fn after_any_edit_the_site_is_as_if_built_anew() {
    let site = Site::new("", "image: p.jpg\nauthors: [me]\n---\n\nText.");
    let two = "---\ntitle: Two\ndescription: About Two.\ndate: 2026-01-02\n---\n\n![p](p.jpg) [one](one.md)\n";
    let photo = |width| encoded(&photo(width, 500), ImageFormat::Jpeg);
    site.write("content/a/two.md", two.as_bytes());
    site.write("content/a/p.jpg", &photo(1000));
    site.write(
        "content/authors/me.md",
        b"---\nname: Me\npicture: me.jpg\n---\n",
    );
    site.write("content/authors/me.jpg", &photo(300));
    let toml = "title = \"Site\"\nbase_url = \"https://example.org\"\nfeeds = { size = 9 }\n";
    let svg =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 5'><path d='M0 0h9v5z'/></svg>";
    let edits: [(&str, Vec<u8>); 8] = [
        ("content/a/p.jpg", photo(900)),
        ("content/authors/me.jpg", photo(320)),
        ("site.toml", format!("{toml}cards = {{ enabled = true }}\n").into_bytes()),
        ("content/a/p.svg", svg.into()),
        ("content/a/two.md", two.replace("![p](p.jpg)", "![p](p.jpg) [large](p.jpg)").into_bytes()),
        ("content/a/one.md", b"---\ntitle: Other\ndescription: d\ndate: 2026-01-01\nimage: p.svg\npin: p.jpg\n---\n\nText.\n".to_vec()),
        ("content/a/p.svg", svg.replace("M0 0", "M1 1").into_bytes()),
        ("site.toml", format!("{toml}images = {{ widths = [300] }}\n").into_bytes()),
    ];
    site.build("edited");
    for (path, bytes) in edits {
        site.write(path, &bytes);
        let edited = site.build("edited").1;
        let _ = fs::remove_dir_all(site.folder.path().join("anew"));
        assert!(edited == site.build_with("anew", false).1, "{path}");
    }
}

#[test]
fn one_thread_makes_the_same_bytes_as_many() {
    let site = Site::new(
        "cards = { enabled = true }",
        "image: photo.jpg\n---\n\nText.",
    );
    site.write("content/a/photo.jpg", &from_a_camera(1700, 1300));
    let built = |threads: usize| {
        let _ = fs::remove_dir_all(site.folder.path().join(".gen"));
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| site.build(&format!("public{threads}")).1)
    };
    assert_eq!(built(1), built(3));
}

#[test]
fn half_a_photograph_is_a_warning() {
    let site = Site::new("", "---\n\n![A wall](photo.webp)");
    let whole = encoded(&photo(300, 200), ImageFormat::WebP);
    site.write("content/a/photo.webp", &whole[..whole.len() / 2]);
    let (report, files) = site.build("public");
    let warning = &report.diagnostics[0];
    assert_eq!(
        (warning.severity, warning.code),
        (Severity::Warning, "picture")
    );
    assert!(files.contains_key("a/photo.webp"));
    assert!(String::from_utf8_lossy(&files["a/one/index.html"]).contains("src=\"/a/photo.webp\""));
}

#[test]
fn cards_have_their_sizes_and_few_bytes() {
    let site = Site::new(
        "cards = { enabled = true }",
        "image: photo.jpg\n---\n\nText.",
    );
    site.write(
        "content/a/photo.jpg",
        &encoded(&photo(800, 450), ImageFormat::Jpeg),
    );
    let (_, files) = site.build("public");
    let size = |bytes: &[u8]| {
        let image = image::load_from_memory(bytes).unwrap();
        (image.width(), image.height())
    };
    let pin = named(&files, "cards/a/one.pin.", ".jpg");
    let cards = files
        .iter()
        .filter(|(name, _)| name.starts_with("cards/a/one.") && !name.contains(".pin."));
    let cards: Vec<&[u8]> = cards.map(|(_, bytes)| &bytes[..]).collect();
    assert_eq!((size(cards[0]), size(pin)), ((1200, 630), (1000, 1500)));
    assert!(cards[0].len() < 80_000 && pin.len() < 80_000);
}

#[test]
fn an_illustration_is_drawn_as_by_day_and_loads_nothing() {
    let mut fonts = Fonts::default();
    assert!(fonts.add(FONT));
    let brush = Brush::new(&fonts);
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><style>.a{fill:#00f}\
        @media (prefers-color-scheme: dark){.a{fill:#fff}}</style><rect class='a' width='8' height='8'/>\
        <image href='/etc/hostname' width='8' height='8'/><image href='Cargo.toml' width='8' height='8'/></svg>";
    assert!(brush.draw(svg, Insets::default(), (8, 9)).is_err());
    let png = brush.draw(svg, Insets::default(), (8, 8)).unwrap();
    let image = image::load_from_memory(&png).unwrap().into_rgb8();
    assert_eq!(image.get_pixel(4, 4).0, [0, 0, 255]);
}

/// A chunk of a PNG file.
fn png_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length, &name[..], data, &[0; 4]].concat()
}

/// A chunk of a WebP file.
fn webp_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    [&name[..], &length, data, &vec![0; data.len() % 2]].concat()
}

/// A segment of a JPEG file.
fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], data].concat()
}

/// Exif that turns by 90 degrees, with a secret behind it.
const EXIF: &[u8] = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0SECRET.";

/// A file of each kind with a secret in every place that has one, and the profile `PROFILE`.
fn full_of_secrets() -> Vec<(&'static str, Vec<u8>)> {
    let image = photo(60, 40);
    let jpeg = encoded(&image, ImageFormat::Jpeg);
    let exif = [b"Exif\0\0", EXIF].concat();
    let jpeg = [
        &jpeg[..2],
        &segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01SECRET"),
        &segment(0xe1, &exif),
        &segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0SECRET"),
        &segment(0xe2, b"ICC_PROFILE\0\x01\x01PROFILE"),
        &segment(0xe2, b"MPF\0SECRET"),
        &segment(0xed, b"Photoshop 3.0\08BIM SECRET"),
        &segment(0xfe, b"SECRET"),
        &jpeg[2..],
        b"SECRET film",
    ]
    .concat();
    let png = encoded(&image, ImageFormat::Png);
    let end = png.len() - 12;
    let png = [
        &png[..33],
        &png_chunk(b"iCCP", b"PROFILE\0\0x"),
        &png_chunk(b"eXIf", EXIF),
        &png_chunk(b"tEXt", b"Comment\0SECRET"),
        &png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0SECRET"),
        &png_chunk(b"zTXt", b"SECRET"),
        &png_chunk(b"tIME", b"SECRET."),
        &png_chunk(b"caBX", b"SECRET"),
        &png[33..end],
        &png_chunk(b"tEXt", b"Comment\0SECRET"),
        &png[end..],
        b"SECRET rest of a larger picture",
    ]
    .concat();
    let webp = encoded(&image, ImageFormat::WebP);
    let webp = [
        b"WEBP",
        &webp_chunk(b"VP8X", &[0b0010_1100, 0, 0, 0, 59, 0, 0, 39, 0, 0])[..],
        &webp_chunk(b"ICCP", b"PROFILE"),
        &webp[12..],
        &webp_chunk(b"EXIF", EXIF),
        &webp_chunk(b"XMP ", b"SECRET"),
        &webp_chunk(b"CAMX", b"SECRET"),
    ]
    .concat();
    let webp = [&webp_chunk(b"RIFF", &webp)[..], b"SECRET"].concat();
    let gif = [
        &b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff"[..],
        b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0",
        b"!\xff\x0bXMP DataXMP\x06SECRET\0",
        b"!\xfe\x06SECRET\0",
        b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;SECRET",
    ]
    .concat();
    vec![("jpg", jpeg), ("png", png), ("webp", webp), ("gif", gif)]
}

fn has(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|window| window == name)
}

#[test]
fn what_a_camera_wrote_is_in_no_published_file() {
    // Shown, linked, in raw HTML, unused, at the root, of a theme; broken too; and where no pictures are made.
    let text = "---\n\n![shown](s.jpg) [linked](l.jpg)\n\n<img src=\"h.png\" alt=\"\">";
    for settings in ["", "images = { enabled = false }"] {
        let site = Site::new(&format!("theme = \"own\"\n{settings}"), text);
        site.write(
            "themes/own/theme.toml",
            b"name = \"own\"\nextends = \"default\"\n",
        );
        for name in ["s", "l", "h", "unused"] {
            for (ending, bytes) in full_of_secrets() {
                site.write(&format!("content/a/{name}.{ending}"), &bytes);
                // The names of files do not matter.
                site.write(&format!("content/a/{name}-{ending}.JPEG"), &bytes);
                site.write(&format!("content/a/{name}-{ending}.bin"), &bytes);
                site.write(&format!("content/{name}.{ending}"), &bytes);
                site.write(&format!("themes/own/assets/{name}.{ending}"), &bytes);
                let broken = &bytes[..bytes.len() * 3 / 4];
                site.write(&format!("content/a/broken-{name}.{ending}"), broken);
            }
        }
        let (report, files) = site.build("public");
        assert!(report.changes.is_some(), "{:?}", report.diagnostics);
        let secrets = files.iter().filter(|(_, bytes)| has(bytes, b"SECRET"));
        let secrets: Vec<&String> = secrets.map(|(name, _)| name).collect();
        assert!(secrets.is_empty(), "{secrets:?}");
        for (ending, bytes) in full_of_secrets() {
            let published = &files[&format!("a/unused.{ending}")];
            assert_eq!(&files[&format!("a/unused-{ending}.bin")], published);
            if ending == "gif" {
                assert!(has(published, b"NETSCAPE2.0") && published.ends_with(b"\x02D\x01\0;"));
                continue;
            }
            assert!(has(published, b"PROFILE"), "{ending}");
            assert_eq!(pixels(published), pixels(&bytes), "{ending}");
            assert_eq!(orientation(published), 6, "{ending}");
            assert_eq!(metadata::without(published), None, "{ending}");
        }
    }
}

fn pixels(bytes: &[u8]) -> Vec<u8> {
    image::load_from_memory(bytes).unwrap().into_bytes()
}

fn orientation(bytes: &[u8]) -> u8 {
    let reader = image::ImageReader::new(Cursor::new(bytes));
    let mut decoder = reader
        .with_guessed_format()
        .unwrap()
        .into_decoder()
        .unwrap();
    image::ImageDecoder::orientation(&mut decoder)
        .unwrap()
        .to_exif()
}

#[test]
fn files_that_nobody_touched_stay_byte_for_byte() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        assert_eq!(metadata::without(&encoded(&photo(60, 40), format)), None);
    }
    for text in [&b"<svg/>"[..], b"", b"\xff\xd8", b"RIFF", b"II*\0"] {
        assert_eq!(metadata::without(text), None);
    }
}

#[test]
fn what_cannot_be_taken_out_is_told() {
    let site = Site::new("", "---\n\nText.");
    let with_place = b"MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\0\0\0\0\0";
    let without = b"MM\0*\0\0\0\x08\0\x01\x01\x00\0\x04\0\0\0\x01\0\0\0\0\0\0\0\0";
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x15infe\x02\0\0\0\0\x01\0\0Exif\0";
    site.write("content/a/place.TIF", with_place);
    site.write("content/a/none.tiff", without);
    site.write("content/a/phone.heic", heic);
    site.write("content/renamed.jpg", heic);
    let (report, _) = site.build("public");
    let told = report
        .diagnostics
        .iter()
        .filter(|d| d.code == "camera-data");
    let told: Vec<&str> = told.map(|d| d.path.as_str()).collect();
    assert_eq!(
        told,
        [
            "content/a/phone.heic",
            "content/a/place.TIF",
            "content/renamed.jpg"
        ]
    );
}

#[test]
fn bombs_are_refused_by_their_sizes() {
    let head = |width: u32, height: u32| {
        let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
        [
            b"\x89PNG\r\n\x1a\n",
            &png_chunk(b"IHDR", &[&sides[..], &[8, 2, 0, 0, 0]].concat())[..],
        ]
        .concat()
    };
    let read = |bytes: &[u8]| raster::read(bytes, 1200).unwrap_err();
    assert_eq!(read(&head(40_000_000, 1)), Trouble::TooLong(40_000_000));
    assert_eq!(read(&head(1, 65_536)), Trouble::TooLong(65_536));
    assert_eq!(
        read(&head(60_000, 60_000)),
        Trouble::TooLarge(3_600_000_000)
    );
    // Zeros that are a gigabyte once they are read, as a profile.
    let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        std::io::Write::write_all(&mut deflate, &[0; 1 << 20]).unwrap();
    }
    let zeros = deflate.finish().unwrap();
    let png = encoded(&photo(60, 40), ImageFormat::Png);
    let profile = png_chunk(b"iCCP", &[b"x\0\0", &zeros[..]].concat());
    let mut bomb = [&png[..33], &profile, &png[33..]].concat();
    let sum = bomb.len() - (png.len() - 33) - 4;
    let crc = crc32(&bomb[37..sum]);
    bomb[sum..sum + 4].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(palette_free(&bomb), palette_free(&png));
}

fn palette_free(bytes: &[u8]) -> Option<[u8; 3]> {
    raster::read(bytes, 1200).unwrap().tone()
}

/// The checksum of a PNG chunk.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    /// Whatever a file holds, the answer is a picture or a reason.
    #[test]
    fn no_bytes_end_the_program(
        format in prop::sample::select(vec![ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let mut bytes = encoded(&photo(40, 30), format);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        raster::moves(&bytes);
        if let Some(clean) = metadata::without(&bytes) {
            prop_assert_eq!(metadata::without(&clean), None);
        }
        metadata::tells(&bytes);
        let _ = raster::read(&bytes, 20);
    }

    /// Nor does an SVG.
    #[test]
    fn no_drawing_ends_the_program(
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[<>/a-z0-9\"'=. -]"), 0..8),
    ) {
        let mut svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 60'><defs><linearGradient id='g'>\
            <stop offset='0' stop-color='red'/></linearGradient></defs><g transform='rotate(20 3 4)'><path \
            d='M0 0L10 10A3 3 0 0 1 5 5z' fill='url(#g)'/><use href='#g'/></g><text x='3' font-size='9'>Text</text></svg>"
            .to_owned();
        for (at, text) in changes {
            let at = at.index(svg.len());
            if svg.is_char_boundary(at) && svg.is_char_boundary(at + 1) {
                svg.replace_range(at..=at, &text);
            }
        }
        let mut fonts = Fonts::default();
        fonts.add(FONT);
        let brush = Brush::new(&fonts);
        let illustration = brush.illustration(svg.as_bytes(), (60, 60)).ok();
        let insets = Insets { illustration: illustration.as_ref(), mark: None };
        let card = "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='60'>\
            <image href='illustration' width='60' height='40' preserveAspectRatio='xMidYMid slice'/></svg>";
        prop_assert!(brush.draw(card, insets, (60, 60)).is_ok());
    }
}
