//! What the official Python runtime did with values of each kind and form, measured once, by hand, with protobuf 6, and the
//! cells in which trials say something else, each with its reason.

/// Cells in which a trial says something else than the measurement, and why.
pub(crate) const EXCEPTIONS: &[(&str, &str, &str, &str)] = &[
    // What was measured were messages whose bytes happen to be text.
    (
        "wire kinds",
        "message",
        "string",
        "a message with -1 in it is no UTF-8",
    ),
    // `required` is there in proto2 alone, whose text is not verified.
    (
        "wire string",
        "required",
        "implicit",
        "text of proto2 is no UTF-8",
    ),
    (
        "wire string",
        "required",
        "optional",
        "text of proto2 is no UTF-8",
    ),
    (
        "wire string",
        "required",
        "repeated",
        "text of proto2 is no UTF-8",
    ),
    (
        "wire string",
        "required",
        "packed",
        "text of proto2 is no UTF-8",
    ),
    (
        "wire string",
        "required",
        "oneof",
        "text of proto2 is no UTF-8",
    ),
    // As with kinds, text that holds the bytes of a message counts as the message.
    (
        "wire string",
        "entry",
        "repeated",
        "the text is the message",
    ),
    ("wire string", "entry", "packed", "the text is the message"),
    // The fields inside are those of another message: that is told of the message.
    (
        "wire message",
        "entry",
        "implicit",
        "told of the message inside",
    ),
    (
        "wire message",
        "entry",
        "optional",
        "told of the message inside",
    ),
    (
        "wire message",
        "entry",
        "repeated",
        "told of the message inside",
    ),
    (
        "wire message",
        "entry",
        "packed",
        "told of the message inside",
    ),
    (
        "wire message",
        "entry",
        "oneof",
        "told of the message inside",
    ),
    (
        "wire message",
        "implicit",
        "entry",
        "told of the message inside",
    ),
    (
        "wire message",
        "optional",
        "entry",
        "told of the message inside",
    ),
    (
        "wire message",
        "required",
        "entry",
        "told of the message inside",
    ),
    (
        "wire message",
        "repeated",
        "entry",
        "told of the message inside",
    ),
    (
        "wire message",
        "packed",
        "entry",
        "told of the message inside",
    ),
    (
        "wire message",
        "oneof",
        "entry",
        "told of the message inside",
    ),
    (
        "wire message",
        "member",
        "entry",
        "told of the message inside",
    ),
    // Python takes `true` for the number 1; the specification and the other runtimes do not.
    ("json kinds", "bool", "float", "a bool is no number"),
    ("json kinds", "bool", "double", "a bool is no number"),
    ("json kinds", "bool", "enum_open", "a bool is no number"),
    ("json kinds", "bool", "enum_closed", "a bool is no number"),
];

pub(super) const WIRE_KINDS: &str = "
      int32       S       S       c       c       c       c       c       d       d       d       d       d       d       d       d       S       d       d       d
      int64       c       S       c       c       c       c       c       d       d       d       d       d       d       d       d       c      dc       d       d
     uint32       c       S       S       S       c       c       c       d       d       d       d       d       d       d       d       c       d       d       d
     uint64       c       c       c       S       c       c       c       d       d       d       d       d       d       d       d       c      dc       d       d
       bool       S       S       S       S       S       c       c       d       d       d       d       d       d       d       d       S       S       d       d
     sint32       c       c       c       c       c       S       S       d       d       d       d       d       d       d       d       c      dc       d       d
     sint64       c       c       c       c       c       c       S       d       d       d       d       d       d       d       d       c      dc       d       d
    fixed32       d       d       d       d       d       d       d       S       c       d       d       c       d       d       d       d       d       d       d
   sfixed32       d       d       d       d       d       d       d       c       S       d       d       c       d       d       d       d       d       d       d
    fixed64       d       d       d       d       d       d       d       d       d       S       c       d       c       d       d       d       d       d       d
   sfixed64       d       d       d       d       d       d       d       d       d       c       S       d       c       d       d       d       d       d       d
      float       d       d       d       d       d       d       d       c       c       d       d       S       d       d       d       d       d       d       d
     double       d       d       d       d       d       d       d       d       d       c       c       d       S       d       d       d       d       d       d
     string       d       d       d       d       d       d       d       d       d       d       d       d       d       S       S       d       d      ec       d
      bytes       d       d       d       d       d       d       d       d       d       d       d       d       d       e       S       d       d       e       d
  enum_open       S       S       c       c       c       c       c       d       d       d       d       d       d       d       d       S       d       d       d
enum_closed       S       S       S       S       c       c       c       d       d       d       d       d       d       d       d       S       S       d       d
    message       d       d       d       d       d       d       d       d       d       d       d       d       d       S       S       d       d       S       d
      group       d       d       d       d       d       d       d       d       d       d       d       d       d       d       d       d       d       d       S
";

pub(super) const JSON_KINDS: &str = "
      int32       S       S       e       e       E       S       S       e       S       e       S       c       S       E       E       S       e       E       E
      int64       e       S       e       e       E       e       S       e       e       e       S       c       c       c      ec      ec      ec       E       E
     uint32       e       S       S       S       E       e       S       S       e       S       S       c       S       E       E       e       e       E       E
     uint64       e       e       e       S       E       e       e       e       e       S       e       c       c       c      ec      ec      ec       E       E
       bool       E       E       E       E       S       E       E       E       E       E       E       S       S       E       E       S       S       E       E
     sint32       S       S       e       e       E       S       S       e       S       e       S       c       S       E       E       S       e       E       E
     sint64       e       S       e       e       E       e       S       e       e       e       S       c       c       c      ec      ec      ec       E       E
    fixed32       e       S       S       S       E       e       S       S       e       S       S       c       S       E       E       e       e       E       E
   sfixed32       S       S       e       e       E       S       S       e       S       e       S       c       S       E       E       S       e       E       E
    fixed64       e       e       e       S       E       e       e       e       e       S       e       c       c       c      ec      ec      ec       E       E
   sfixed64       e       S       e       e       E       e       S       e       e       e       S       c       c       c      ec      ec      ec       E       E
      float       e       e       e       e       E       e       e       e       e       e       e       S       c      ec      ec      ec      ec       E       E
     double       e       e       e       e       E       e       e       e       e       e       e      ec       S      ec      ec      ec      ec       E       E
     string      ec      ec      ec      ec       E      ec      ec      ec      ec      ec      ec      ec      ec       S      ec      ec      ec       e       e
      bytes       E       E       E       E       E       E       E       E       E       E       E       E       E       c       S       E       E       e       e
  enum_open       e       e       e       e       E       e       e       e       e       e       e       e       e      ec      ec       S       E       E       E
enum_closed       E       E       E       E       E       E       E       E       E       E       E       E       E       c      ec       E       S       E       E
    message       E       E       E       E       E       E       E       E       E       E       E       E       E       E       E       E       E       S       S
      group       E       E       E       E       E       E       E       E       E       E       E       E       E       E       E       E       E       S       S
";

pub(super) const WIRE_INT32: &str = "
     imp       S       S       E       S       S       S       L       L       L
     opt       p       S       E       S       S       S      Lp       L       L
     req       p       S       S       S       S       S      Lp       L       L
     rep      Lp       L      EL       S       S       L      Lp       L       L
     pak      Lp      Lp       E       S       S      Lp      Lp       E       E
  oneof1       p       S       E       S       S       S      Lp       L       L
  oneof2       p       S       E       S       S       S       S       L       L
     map       L       L       E       C       C       L       L       S       S
   entry       L       L       E       C       C       L       L       S       S
";

pub(super) const WIRE_STRING: &str = "
     imp       S       S       E       S       S       S       L       E       E
     opt       p       S       E       S       S       S      Lp      EC      EC
     req       p       S       S       S       S       S      Lp      EC      EC
     rep      Lp       L      EL       S       S       L      Lp      EC      EC
     pak      Lp       L      EL       S       S       L      Lp      EC      EC
  oneof1       p       S       E       S       S       S      Lp      EC      EC
  oneof2       p       S       E       S       S       S       S      EC      EC
     map       C       C      EC       C       C       C      LC       S       S
   entry       C       C      EC       C       C       C      LC       S       S
";

pub(super) const WIRE_MESSAGE: &str = "
     imp       S       S       E       S       S       S      Lp     ELC      EC
     opt       S       S       E       S       S       S      Lp     ELC      EC
     req       S       S       S       S       S       S      Lp     ELC      EC
     rep       L       L      EL       S       S       L      Lp     ELC      EC
     pak       L       L      EL       S       S       L      Lp     ELC      EC
  oneof1       S       S       E       S       S       S      Lp     ELC      EC
  oneof2       S       S       E       S       S       S       S     ELC      EC
     map      LC      LC     ELC       C       C      LC      LC       S       S
   entry      LC      LC     ELC       C       C      LC      LC       S       S
";

pub(super) const JSON_STRING: &str = "
     imp       S       S       E       E       E       S       E       E       E
     opt       p       S       E       E       E       S       E       E       E
     req       p       S       S       E       E       S       E       E       E
     rep       E       E       E       S       S       E       E       E      EC
     pak       E       E       E       S       S       E       E       E      EC
  oneof1       p       S       E       E       E       S       E       E       E
  oneof2       p       S       E       E       E       S       S       E       E
     map       E       E       E       E       E       E       E       S       E
   entry       E       E       E       E       E       E       E       E       S
";
