//! Photographs and files: uploaded first, then named by the record that claims them.

use engine::{
    blob::{self, Upload},
    ids::Kind,
    subject,
};
use serde_json::json;

use super::shown;
use crate::{answer::Answer, call::Call, problem::Problem};

/// `POST /v1/blobs`
pub(crate) async fn create(mut call: Call) -> Result<Answer, Problem> {
    let asked = |name| call.asked(name).unwrap_or("").to_owned();
    let (about, category, field) = (asked("subject"), asked("category"), asked("field"));
    let Some((media, bytes)) = call.upload.take() else {
        return Err(Problem::invalid("body", "required"));
    };
    let stored = call.write(move |ctx, tx| {
        let upload = Upload {
            subject: subject::number(ctx, &about)?,
            category: &category,
            field: &field,
            media: &media,
            bytes: &bytes,
        };
        let number = blob::store(ctx, tx, &upload)?;
        Ok(Answer::created(json!({"id": shown(ctx, Kind::Blob, number)})))
    });
    stored.await
}

/// `GET /v1/blobs/{id}`
pub(crate) async fn read(call: Call) -> Result<Answer, Problem> {
    let number = blob::number(&call.ctx, call.id())?;
    let pending = blob::read(&call.ctx, number, call.asked("purpose").unwrap_or(""))?;
    let (media, bytes) = call.release(pending).await?;
    Ok(Answer::file(media, blob::seen(bytes)))
}
