// The JSON forms of timestamps, durations and field masks.

// @dart = 3.7

import 'errors.dart';

/// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z in seconds since 1970.
const int minTimestamp = -62135596800;
const int maxTimestamp = 253402300799;

/// 10,000 years in seconds.
const int maxDuration = 315576000000;

String _digits(int value, int count) => value.toString().padLeft(count, '0');

/// The fraction of a second with 0, 3, 6 or 9 digits.
String _fraction(int nanos) {
  if (nanos == 0) {
    return '';
  }
  if (nanos % 1000000 == 0) {
    return '.${_digits(nanos ~/ 1000000, 3)}';
  }
  return nanos % 1000 == 0
      ? '.${_digits(nanos ~/ 1000, 6)}'
      : '.${_digits(nanos, 9)}';
}

/// RFC 3339 in UTC.
String printTimestamp(int seconds, int nanos) {
  if (seconds < minTimestamp ||
      seconds > maxTimestamp ||
      nanos < 0 ||
      nanos > 999999999) {
    throw EncodeException('a timestamp out of range: $seconds s, $nanos ns');
  }
  final time = DateTime.fromMillisecondsSinceEpoch(seconds * 1000, isUtc: true);
  final date =
      '${_digits(time.year, 4)}-${_digits(time.month, 2)}-${_digits(time.day, 2)}';
  final clock =
      '${_digits(time.hour, 2)}:${_digits(time.minute, 2)}:${_digits(time.second, 2)}';
  return '${date}T$clock${_fraction(nanos)}Z';
}

/// Seconds with a fraction and `s`.
String printDuration(int seconds, int nanos) {
  final wrong =
      seconds.abs() > maxDuration ||
      nanos.abs() > 999999999 ||
      seconds > 0 && nanos < 0 ||
      seconds < 0 && nanos > 0;
  if (wrong) {
    throw EncodeException('a duration out of range: $seconds s, $nanos ns');
  }
  final sign = seconds < 0 || nanos < 0 ? '-' : '';
  return '$sign${seconds.abs()}${_fraction(nanos.abs())}s';
}

final RegExp _timestamp = RegExp(
  r'^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$',
);

/// Seconds and nanoseconds of a text in RFC 3339, or null if it is none or out of range.
(int, int)? parseTimestamp(String text) {
  final match = _timestamp.firstMatch(text);
  if (match == null) {
    return null;
  }
  int part(int index) => int.parse(match[index]!);
  final (year, month, day) = (part(1), part(2), part(3));
  final (hour, minute, second) = (part(4), part(5), part(6));
  final date = DateTime.utc(year, month, day);
  if (date.month != month ||
      date.day != day ||
      hour > 23 ||
      minute > 59 ||
      second > 59) {
    return null;
  }
  var seconds =
      date.millisecondsSinceEpoch ~/ 1000 + hour * 3600 + minute * 60 + second;
  if (match[8] != null) {
    if (part(9) > 23 || part(10) > 59) {
      return null;
    }
    final offset = part(9) * 3600 + part(10) * 60;
    seconds -= match[8] == '+' ? offset : -offset;
  }
  if (seconds < minTimestamp || seconds > maxTimestamp) {
    return null;
  }
  return (seconds, _nanos(match[7]));
}

int _nanos(String? fraction) =>
    fraction == null ? 0 : int.parse(fraction.padRight(9, '0'));

final RegExp _duration = RegExp(r'^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$');

/// Seconds and nanoseconds of a text such as `-1.5s`, or null if it is none or out of range.
(int, int)? parseDuration(String text) {
  final match = _duration.firstMatch(text);
  if (match == null) {
    return null;
  }
  final seconds = int.parse(match[2]!);
  final nanos = _nanos(match[3]);
  if (seconds > maxDuration) {
    return null;
  }
  return match[1]!.isEmpty ? (seconds, nanos) : (0 - seconds, 0 - nanos);
}

/// A path of a field mask in JSON.
String camelPath(String path) {
  final out = StringBuffer();
  var upper = false;
  for (final unit in path.codeUnits) {
    final isLower = unit >= 0x61 && unit <= 0x7a;
    final isSign = unit >= 0x30 && unit <= 0x39 || unit == 0x2e || unit == 0x5f;
    if (!isLower && (upper || !isSign)) {
      throw EncodeException(
        'the path `$path` has no form in JSON that leads back to it',
      );
    }
    if (unit == 0x5f) {
      upper = true;
    } else {
      out.writeCharCode(upper ? unit - 32 : unit);
      upper = false;
    }
  }
  if (upper || path.isEmpty) {
    throw EncodeException(
      'the path `$path` has no form in JSON that leads back to it',
    );
  }
  return out.toString();
}

/// A path of a field mask from JSON, or null if it is none.
String? snakePath(String path) {
  final out = StringBuffer();
  for (final unit in path.codeUnits) {
    if (unit >= 0x41 && unit <= 0x5a) {
      out
        ..write('_')
        ..writeCharCode(unit + 32);
    } else if (unit >= 0x61 && unit <= 0x7a ||
        unit >= 0x30 && unit <= 0x39 ||
        unit == 0x2e) {
      out.writeCharCode(unit);
    } else {
      return null;
    }
  }
  return path.isEmpty ? null : out.toString();
}
