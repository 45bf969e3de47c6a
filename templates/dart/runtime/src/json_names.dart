// Finds the field that a name in JSON stands for, without making a string of the name.

// @dart = 3.7

/// The names that the fields of a message have in JSON.
final class JsonNames {
  JsonNames(Map<String, int> numbers)
    : this._(numbers, List.filled(_sizeFor(numbers.length), null));

  JsonNames._(Map<String, int> numbers, this._slots)
    : _numbers = List.filled(_slots.length, 0) {
    numbers.forEach((name, number) {
      var slot = _hash(name) & (_slots.length - 1);
      while (_slots[slot] != null) {
        slot = (slot + 1) & (_slots.length - 1);
      }
      _slots[slot] = name;
      _numbers[slot] = number;
    });
  }

  /// At most half of the slots are taken.
  static int _sizeFor(int count) {
    var size = 4;
    while (size < count * 2) {
      size *= 2;
    }
    return size;
  }

  final List<String?> _slots;
  final List<int> _numbers;

  /// The hash of no code units.
  static const int seed = 7;

  /// A hash with one more code unit.
  @pragma('vm:prefer-inline')
  static int mixed(int hash, int unit) => (hash * 31 + unit) & 0xffffff;

  static int _hash(String name) {
    var hash = seed;
    for (var index = 0; index < name.length; index++) {
      hash = mixed(hash, name.codeUnitAt(index));
    }
    return hash;
  }

  /// The number of the field with this name; -1 if there is none.
  int number(String name) => find(name, 0, name.length, _hash(name));

  /// The number of the field whose name stands in [text] from [start] to [end] and has this hash; -1 if there is none.
  int find(String text, int start, int end, int hash) {
    final last = _slots.length - 1;
    for (var slot = hash & last; ; slot = (slot + 1) & last) {
      final name = _slots[slot];
      if (name == null) {
        return -1;
      }
      if (name.length == end - start && text.startsWith(name, start)) {
        return _numbers[slot];
      }
    }
  }
}
