// Reads texts: which of the ways to make a string of bytes is the cheapest, and what is no UTF-8.

// @dart = 3.7

part of 'wire_reader.dart';

/// Reads `string` fields.
extension TextReader on WireReader {
  /// A `string` that must be UTF-8.
  String readString() {
    final length = readLength();
    final bytes = _bytes;
    final start = _pos;
    final end = start + length;
    _pos = end;
    if (length == 0) {
      return '';
    }
    if (!jsInts) {
      if (length < 8) {
        final text = _shortText(start, end);
        if (text != null) {
          return text;
        }
      } else if (_isAscii(start, end)) {
        return String.fromCharCodes(bytes, start, end);
      }
    }
    return _strict(start, end);
  }

  /// Apart from [readString], which is faster without a `try`.
  @pragma('vm:never-inline')
  String _strict(int start, int end) {
    try {
      return _decode(const Utf8Decoder(), start, end);
    } on FormatException catch (error) {
      throw DecodeException(
        'a string that is not UTF-8',
        offset: error.offset ?? start,
      );
    }
  }

  /// Up to 7 bytes of ASCII, or null for others. Codes, units and labels come again and again: a text that was read
  /// before is found by its bytes and not made again. Not in JavaScript.
  String? _shortText(int start, int end) {
    var key = end - start;
    for (var pos = start; pos < end; pos++) {
      key = (key << 8) | _bytes[pos];
    }
    if (key & _highBits != 0) {
      return null;
    }
    final slot = (((key ^ (key >>> 29)) * 0x9e3779b1) >>> 24) & 0xff;
    if (_keys[slot] == key) {
      return _texts[slot];
    }
    _keys[slot] = key;
    return _texts[slot] = String.fromCharCodes(_bytes, start, end);
  }

  /// The length and the bytes of each text in [_texts].
  static final Int64List _keys = Int64List(256);
  static final List<String> _texts = List.filled(256, '');

  /// The highest bit of each of eight bytes.
  static const int _highBits = (0x80808080 << 32) | 0x80808080;

  /// Whether these eight bytes or more are ASCII: asking that and copying is cheaper than the decoder. Not in
  /// JavaScript.
  bool _isAscii(int start, int end) {
    final data = _data;
    final last = end - 8;
    var bits = data.getInt64(last, Endian.little);
    for (var pos = start; pos < last; pos += 8) {
      bits |= data.getInt64(pos, Endian.little);
    }
    return bits & _highBits == 0;
  }

  /// A `string` of a contract that lets other bytes than UTF-8 pass: each of them becomes U+FFFD.
  String readLooseString() {
    final length = readLength();
    final start = _pos;
    _pos = start + length;
    return _decode(const Utf8Decoder(allowMalformed: true), start, _pos);
  }

  /// The decoder drops a byte order mark at the start, which is text here.
  String _decode(Utf8Decoder decoder, int start, int end) {
    final bytes = _bytes;
    final marked =
        end - start >= 3 &&
        bytes[start] == 0xef &&
        bytes[start + 1] == 0xbb &&
        bytes[start + 2] == 0xbf;
    if (marked) {
      final rest = start + 3;
      return '\uFEFF${rest == end ? '' : _decode(decoder, rest, end)}';
    }
    return decoder.convert(_bytes, start, end);
  }
}
