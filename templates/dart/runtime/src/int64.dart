// 64-bit numbers on the VM, where an int has 64 bits, and in JavaScript, where it has 53.

// @dart = 3.7

/// Whether an `int` is a JavaScript number. WebAssembly and the VM have real 64-bit integers.
const bool jsInts = identical(0, 0.0);

/// The largest `int` that JavaScript tells from its neighbours.
const int maxSafeInt = 9007199254740991;

/// 2^32.
const int two32 = 4294967296;

final BigInt _two64 = BigInt.one << 64;
final BigInt _maxInt64 = (BigInt.one << 63) - BigInt.one;
final BigInt _minInt64 = -(BigInt.one << 63);

/// The `int` of a signed 64-bit number in two halves, or null where it would lose digits.
int? signedOfHalves(int high, int low) {
  if (!jsInts) {
    return (high << 32) | low;
  }
  final value = high.toSigned(32) * two32 + low;
  return value > maxSafeInt || value < -maxSafeInt ? null : value;
}

/// The unsigned 64-bit number in two halves of 32 bits.
BigInt unsignedOfHalves(int high, int low) =>
    (BigInt.from(high) << 32) | BigInt.from(low);

/// The unsigned number that has the bits of [value].
BigInt unsignedOf(int value) =>
    value >= 0 ? BigInt.from(value) : BigInt.from(value) + _two64;

/// The upper 32 bits of the two's complement of [value], unsigned.
int highOf(int value) =>
    jsInts
        ? ((value - lowOf(value)) ~/ two32) % two32
        : (value >> 32) & 0xffffffff;

/// The lower 32 bits of the two's complement of [value], unsigned.
int lowOf(int value) => jsInts ? value % two32 : value & 0xffffffff;

/// The bits of an unsigned 64-bit number as an `int`. Not in JavaScript.
int bitsOf(BigInt value) => value.toSigned(64).toInt();

/// Whether [value] is an unsigned 64-bit number.
bool isUint64(BigInt value) => !value.isNegative && value.bitLength <= 64;

/// The signed 64-bit `int` of [value], or null if it is none, or in JavaScript if it would lose digits.
int? int64OfBig(BigInt value) {
  if (value > _maxInt64 || value < _minInt64) {
    return null;
  }
  if (jsInts && value.bitLength > 53) {
    return null;
  }
  return value.toInt();
}

/// What is wrong with a number that JavaScript cannot hold.
const String unsafeInt =
    'a number beyond 53 bits, which JavaScript cannot hold';

/// Whether [value] is an `int` that JavaScript has lost digits of.
bool isUnsafe(int value) =>
    jsInts && (value > maxSafeInt || value < -maxSafeInt);
