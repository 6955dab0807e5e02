use std::{
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use super::*;

fn edition(language: &str) -> Edition {
    (1, 1, language.to_owned())
}

#[tokio::test]
async fn a_hundred_who_ask_at_once_let_one_page_be_set() {
    let files = Arc::new(Files::default());
    let set = Arc::new(AtomicU32::new(0));
    let mut waiting = Vec::new();
    for _ in 0..100 {
        let (files, set) = (Arc::clone(&files), Arc::clone(&set));
        waiting.push(task::spawn(async move {
            let make = move || {
                thread::sleep(Duration::from_millis(20));
                set.fetch_add(1, Ordering::SeqCst);
                Some(Bytes::from_static(b"page"))
            };
            files.get(edition("en"), make).await
        }));
    }
    for one in waiting {
        assert_eq!(one.await.unwrap().unwrap(), "page");
    }
    assert_eq!(set.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_page_that_cannot_be_set_is_not_tried_again() {
    let files = Arc::new(Files::default());
    assert_eq!(files.get(edition("en"), || None).await, None);
    let again = || -> Option<Bytes> { panic!("set twice") };
    assert_eq!(files.get(edition("en"), again).await, None);
    let other = files.get(edition("id"), || Some(Bytes::from_static(b"halaman"))).await;
    assert_eq!(other.unwrap(), "halaman");
}

#[tokio::test]
async fn who_asks_and_leaves_starts_nothing_twice() {
    let files = Arc::new(Files::default());
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    let gone = {
        let files = Arc::clone(&files);
        let make = move || {
            receiver.recv().ok();
            Some(Bytes::from_static(b"first"))
        };
        task::spawn(async move { files.get(edition("en"), make).await })
    };
    task::yield_now().await;
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    let later = files.get(edition("en"), || Some(Bytes::from_static(b"second")));
    sender.send(()).unwrap();
    assert_eq!(later.await.unwrap(), "first");
}

#[tokio::test]
async fn two_pages_are_not_set_at_one_time() {
    let files = Arc::new(Files::default());
    let (now, most) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let mut waiting = Vec::new();
    for number in 0..4 {
        let (files, now, most) = (Arc::clone(&files), Arc::clone(&now), Arc::clone(&most));
        waiting.push(task::spawn(async move {
            let make = move || {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(10));
                now.fetch_sub(1, Ordering::SeqCst);
                Some(Bytes::new())
            };
            files.get((1, number, String::new()), make).await
        }));
    }
    for one in waiting {
        one.await.unwrap();
    }
    assert_eq!(most.load(Ordering::SeqCst), 1);
}
