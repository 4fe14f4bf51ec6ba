//! A folder and memory behave alike.
#![allow(clippy::unwrap_used)]

use super::*;

fn stores() -> (tempfile::TempDir, [Store; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let local = Store::local(&folder.path().join("objects")).unwrap();
    local.prepare().unwrap();
    (folder, [local, Store::memory()])
}

#[test]
fn an_object_is_created_once_and_a_head_replaced() {
    let (_folder, stores) = stores();
    for store in stores {
        let put = |bytes: &'static [u8]| store.put_new("a/b", Bytes::from_static(bytes));
        put(b"first").unwrap();
        put(b"first").unwrap();
        for other in [&b"other"[..], b"longer than the first", b""] {
            assert!(matches!(put(other), Err(Error::Conflict(_))));
        }
        assert_eq!(store.get("a/b", 5).unwrap(), "first");
        store.put_head("a/b", Bytes::from_static(b"head")).unwrap();
        assert_eq!(store.get("a/b", 5).unwrap(), "head");
        store.delete("a/b").unwrap();
        store.delete_durably("a/b").unwrap();
        assert!(matches!(store.get("a/b", 5), Err(Error::Missing(_))));
    }
}

#[test]
fn reads_are_bounded_and_lists_sorted() {
    let (_folder, stores) = stores();
    for store in stores {
        let objects = ["x/2", "x/1", "x/1.p/3", "y"]
            .map(|key| (key.to_owned(), Bytes::from_static(b"0123456789")));
        store.put_all(objects.into()).unwrap();
        assert!(matches!(store.get("y", 9), Err(Error::Damaged { .. })));
        assert_eq!(store.get_range("y", 3..5).unwrap(), "34");
        let mut buffer = [0; 3];
        let mut read = Vec::new();
        let size = store.stream("y", &mut buffer, |bytes| read.extend_from_slice(bytes));
        assert_eq!((size.unwrap(), read.as_slice()), (10, &b"0123456789"[..]));
        let keys = |prefix| {
            store
                .list(prefix)
                .unwrap()
                .into_iter()
                .map(|listed| listed.key)
                .collect::<Vec<_>>()
        };
        assert_eq!(keys("x"), ["x/1", "x/1.p/3", "x/2"]);
        assert_eq!(keys(""), ["x/1", "x/1.p/3", "x/2", "y"]);
        assert_eq!(keys("absent"), [""; 0]);
        assert_eq!(store.list_folders("x").unwrap(), ["1.p"]);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let (folder, _) = stores();
    let file = folder.path().join("file");
    std::fs::write(&file, b"").unwrap();
    let error = Store::local(&file.join("below"))
        .unwrap()
        .prepare()
        .unwrap_err();
    assert!(error.to_string().contains("could not make"), "{error}");
}
