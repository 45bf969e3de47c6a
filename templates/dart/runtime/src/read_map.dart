// The maps of messages that were read. Most have a few entries, for which comparing keys one by one is cheaper than
// making a table of hashes.

// @dart = 3.7

import 'dart:collection';

/// A map that was read, which no one may change but the reader that makes it. Its entries have the order in which their
/// keys came first.
final class ReadMap<K, V> extends UnmodifiableMapBase<K, V> {
  /// An empty map. [_owner] is the reader that may add to it while it reads on, if any.
  ReadMap([this._owner]);

  /// From so many entries on there is a table.
  static const int _many = 8;

  final Object? _owner;

  // Keys and values in turn. It stays when there is a table: a constant without elements would be a list of another
  // kind, and make access to all of them slower.
  List<Object?> _slots = List.filled(8, null);
  int _used = 0;
  Map<K, V>? _table;

  /// Whether [owner] may add to it.
  bool isOwnedBy(Object owner) => identical(_owner, owner);

  /// Adds an entry, or replaces the one with this key.
  @pragma('vm:never-inline')
  void put(K key, V value) {
    final table = _table;
    if (table != null) {
      table[key] = value;
      return;
    }
    final slots = _slots;
    final used = _used;
    for (var at = 0; at < used; at += 2) {
      if (slots[at] == key) {
        slots[at + 1] = value;
        return;
      }
    }
    if (used == slots.length) {
      _grow(key, value);
      return;
    }
    slots[used] = key;
    slots[used + 1] = value;
    _used = used + 2;
  }

  void _grow(K key, V value) {
    if (_used >= 2 * _many) {
      _table = {for (final key in _keys) key: this[key] as V, key: value};
      return;
    }
    _slots = List.filled(2 * _many, null)..setRange(0, _used, _slots);
    _slots[_used++] = key;
    _slots[_used++] = value;
  }

  List<K> get _keys => [for (var at = 0; at < _used; at += 2) _slots[at] as K];

  @override
  V? operator [](Object? key) {
    final table = _table;
    if (table != null) {
      return table[key];
    }
    final slots = _slots;
    for (var at = 0; at < _used; at += 2) {
      if (slots[at] == key) {
        return slots[at + 1] as V;
      }
    }
    return null;
  }

  @override
  bool containsKey(Object? key) => _table?.containsKey(key) ?? _has(key);

  bool _has(Object? key) {
    for (var at = 0; at < _used; at += 2) {
      if (_slots[at] == key) {
        return true;
      }
    }
    return false;
  }

  @override
  int get length => _table?.length ?? _used ~/ 2;

  @override
  bool get isEmpty => _used == 0;

  @override
  bool get isNotEmpty => _used != 0;

  @override
  Iterable<K> get keys => _table?.keys ?? _keys;

  @override
  Iterable<MapEntry<K, V>> get entries =>
      _table?.entries ??
      [
        for (var at = 0; at < _used; at += 2)
          MapEntry(_slots[at] as K, _slots[at + 1] as V),
      ];
}

/// A map to add to: that of a message that [owner] has just read and replaces now, so that a message in a thousand
/// pieces is not copied a thousand times; else a copy.
@pragma('vm:prefer-inline')
ReadMap<K, V> reopenMap<K, V>(Map<K, V> before, Object owner) =>
    before.isEmpty ? ReadMap(owner) : _reopenMap(before, owner);

ReadMap<K, V> _reopenMap<K, V>(Map<K, V> before, Object owner) {
  if (before is ReadMap<K, V> && before.isOwnedBy(owner)) {
    return before;
  }
  final map = ReadMap<K, V>(owner);
  before.forEach(map.put);
  return map;
}
