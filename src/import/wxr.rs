//! Reads exports in XML, of WordPress (WXR), Disqus and Blogger: one item after the other, of which only those are held that
//! somebody wants, so that a large file needs little memory. What is broken in it ends it.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::error::Error;
use crate::scan::SourceFile;

/// Elements within elements, at most.
const DEEPEST: usize = 64;
/// Bytes of the items that are held, at most.
const MOST: usize = 512 << 20;
/// Bytes of one element's text, at most.
const LONGEST: usize = 16 << 20;

/// Texts by the names of their elements, with what stands below elements that come several times.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) texts: BTreeMap<String, String>,
    /// By name: `category`, `wp:postmeta`, `wp:comment`.
    pub(super) lists: BTreeMap<String, Vec<Node>>,
    /// Its attributes.
    pub(super) attributes: BTreeMap<String, String>,
    /// Its own text.
    pub(super) text: String,
    /// Of an item: what it is called.
    pub(super) name: String,
}

impl Node {
    pub(super) fn get(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", |text| text.trim())
    }

    /// Bytes of its texts and of those below it.
    fn size(&self) -> usize {
        let own = self.text.len() + self.texts.values().map(String::len).sum::<usize>();
        let below = self.lists.values().flatten().map(Node::size).sum::<usize>();
        own + below + 64
    }

    pub(super) fn list(&self, name: &str) -> &[Node] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }
}

/// What an export holds.
#[derive(Debug, Default)]
pub(super) struct Export {
    /// What stands beside the items: the site's title and address, its authors.
    pub(super) channel: Node,
    pub(super) items: Vec<Node>,
    /// Items that nobody wants.
    pub(super) dropped: usize,
    /// Why the file was not read to its end.
    pub(super) broken: Option<String>,
}

/// The elements of an export that somebody wants.
pub(super) struct Shape<'s> {
    /// The one that holds all.
    pub(super) root: &'s str,
    /// Names of the items in it.
    pub(super) items: &'s [&'s str],
    /// Whether an item is held.
    pub(super) is_wanted: &'s dyn Fn(&Node) -> bool,
    /// Whether an element with this name, within an item or the root, is held.
    pub(super) is_part: &'s dyn Fn(&str, &Node) -> bool,
}

/// Reads an export, of which what is wanted is held.
///
/// # Errors
/// The file cannot be opened.
pub(super) fn read(file: &SourceFile, shape: &Shape<'_>) -> Result<Export, Error> {
    let mut reader = Reader::from_reader(file.open()?);
    reader.config_mut().check_end_names = false;
    reader.config_mut().expand_empty_elements = true;
    let mut held = 0;
    let mut export = Export::default();
    // The elements that are open below `channel`, with their names.
    let mut open: Vec<(String, Node)> = Vec::new();
    let mut buffer = Vec::new();
    let mut in_channel = false;
    loop {
        buffer.clear();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => {
                export.broken = Some(format!(
                    "it is no XML from byte {} on: {error}",
                    reader.error_position()
                ));
                break;
            }
        };
        match event {
            Event::Eof => break,
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                if !in_channel {
                    in_channel = name == shape.root;
                    continue;
                }
                if open.len() >= DEEPEST {
                    export.broken = Some("its elements are nested too deeply".to_owned());
                    break;
                }
                let mut node = Node::default();
                for attribute in start.attributes().flatten() {
                    let key = attribute.key.as_ref().to_owned();
                    node.attributes
                        .insert(key, crate::parse::unescape(&attribute.value));
                }
                open.push((name, node));
            }
            Event::Text(text) => append(&mut open, &text),
            Event::CData(text) => append(&mut open, &text),
            Event::GeneralRef(entity) => {
                let text = crate::parse::unescape(&format!("&{};", &*entity));
                append(&mut open, &text);
            }
            Event::End(_) => {
                let Some((name, node)) = open.pop() else {
                    continue;
                };
                match open.last_mut() {
                    Some(_) if !(shape.is_part)(&name, &node) => {}
                    Some((_, parent)) => close(parent, name, node),
                    None if shape.items.contains(&name.as_str()) => {
                        let node = Node { name, ..node };
                        if (shape.is_wanted)(&node) {
                            held += node.size();
                            export.items.push(node);
                        } else {
                            export.dropped += 1;
                        }
                        if held > MOST {
                            let most = MOST >> 20;
                            export.broken = Some(format!("it holds more than {most} MiB of texts"));
                            break;
                        }
                    }
                    None => close(&mut export.channel, name, node),
                }
            }
            _ => {}
        }
    }
    if export.broken.is_none() && !open.is_empty() {
        export.broken = Some("it ends within an element: it may have been cut off".to_owned());
    }
    Ok(export)
}

fn append(open: &mut [(String, Node)], text: &str) {
    if let Some((_, node)) = open.last_mut()
        && node.text.len() + text.len() <= LONGEST
    {
        node.text.push_str(text);
    }
}

fn close(parent: &mut Node, name: String, node: Node) {
    let is_leaf = node.texts.is_empty() && node.lists.is_empty() && node.attributes.is_empty();
    match is_leaf {
        true => {
            parent.texts.entry(name).or_insert(node.text);
        }
        false => parent.lists.entry(name).or_default().push(node),
    }
}
