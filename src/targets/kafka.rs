//! What messages on Kafka need beside their payload, in every language alike: where a message stands in its file, which
//! Confluent's framing of Protobuf says. The helpers themselves are files of the runtimes.

use schemars::JsonSchema;
use serde::Serialize;

use crate::contract::Contract;

/// The view of the table of message indexes.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct KafkaView {
    /// What it is generated from, in words.
    pub(super) source: &'static str,
    /// All messages that code is generated for, by full name.
    pub(super) messages: Vec<KafkaMessage>,
}

/// A message and its indexes.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct KafkaMessage {
    /// The full name.
    pub(super) name: String,
    /// The indexes, with a comma and a blank between them.
    pub(super) indexes: String,
    /// Whether there is one index only.
    pub(super) is_top_level: bool,
}

/// The table of a contract.
pub(super) fn view(contract: &Contract) -> KafkaView {
    let files = contract.generated_files();
    let mut messages: Vec<KafkaMessage> = files
        .iter()
        .flat_map(|&file| contract.messages_in(file))
        .map(|message| {
            let indexes = contract.message_indexes(message.id);
            let texts: Vec<String> = indexes.iter().map(ToString::to_string).collect();
            KafkaMessage {
                name: message.full_name.to_string(),
                indexes: texts.join(", "),
                is_top_level: indexes.len() == 1,
            }
        })
        .collect();
    messages.sort_by(|one, other| one.name.cmp(&other.name));
    KafkaView {
        source: "the contract",
        messages,
    }
}
