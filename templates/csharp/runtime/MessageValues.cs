// Equality, hashes, copies and order of what fields hold: the parts that messages share.

#nullable enable

using System;
using System.Collections.Generic;

namespace Xlc
{
    /// <summary>Two floating-point values are the same if their bits are: not-a-number is itself, and -0 is not 0.</summary>
    internal static class MessageValues
    {
        internal static readonly IEqualityComparer<double> Doubles = new DoubleComparer();
        internal static readonly IEqualityComparer<float> Floats = new FloatComparer();
        internal static readonly IEqualityComparer<byte[]> Bytes = new BytesComparer();

        internal static bool IsZero(double value) => BitConverter.DoubleToInt64Bits(value) == 0;

        internal static bool IsZero(float value) => BitConverter.SingleToInt32Bits(value) == 0;

        internal static bool Same(double left, double right) =>
            BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);

        internal static bool Same(float left, float right) =>
            BitConverter.SingleToInt32Bits(left) == BitConverter.SingleToInt32Bits(right);

        internal static bool Same(double? left, double? right) =>
            left.HasValue == right.HasValue && Same(left.GetValueOrDefault(), right.GetValueOrDefault());

        internal static bool Same(float? left, float? right) =>
            left.HasValue == right.HasValue && Same(left.GetValueOrDefault(), right.GetValueOrDefault());

        internal static bool Same(byte[]? left, byte[]? right) =>
            left == null || right == null ? left == right : left.AsSpan().SequenceEqual(right);

        internal static bool Same<T>(List<T>? left, List<T>? right, IEqualityComparer<T>? comparer = null)
        {
            int count = left?.Count ?? 0;
            if (count != (right?.Count ?? 0))
            {
                return false;
            }

            comparer ??= EqualityComparer<T>.Default;
            for (int index = 0; index < count; index++)
            {
                if (!comparer.Equals(left![index], right![index]))
                {
                    return false;
                }
            }

            return true;
        }

        internal static bool Same<TKey, TValue>(
            Dictionary<TKey, TValue>? left,
            Dictionary<TKey, TValue>? right,
            IEqualityComparer<TValue>? comparer = null)
            where TKey : notnull
        {
            if (left == null || right == null)
            {
                return (left?.Count ?? 0) == (right?.Count ?? 0);
            }

            if (left.Count != right.Count)
            {
                return false;
            }

            comparer ??= EqualityComparer<TValue>.Default;
            foreach (KeyValuePair<TKey, TValue> entry in left)
            {
                if (!right.TryGetValue(entry.Key, out var value) || !comparer.Equals(entry.Value, value))
                {
                    return false;
                }
            }

            return true;
        }

        internal static int Hash(double value) => BitConverter.DoubleToInt64Bits(value).GetHashCode();

        internal static int Hash(double? value) => value == null ? 0 : Hash(value.Value);

        internal static int Hash(float? value) => value == null ? 0 : Hash(value.Value);

        internal static int Hash(float value) => BitConverter.SingleToInt32Bits(value);

        internal static int Hash(byte[]? value) => Hash(value.AsSpan());

        internal static int Hash(ReadOnlySpan<byte> value)
        {
            var hash = new HashCode();
            foreach (byte element in value)
            {
                hash.Add(element);
            }

            return hash.ToHashCode();
        }

        internal static int Hash<T>(List<T>? list, IEqualityComparer<T>? comparer = null)
        {
            var hash = new HashCode();
            for (int index = 0; index < (list?.Count ?? 0); index++)
            {
                hash.Add(list![index], comparer);
            }

            return hash.ToHashCode();
        }

        /// <summary>The same for every order of the entries.</summary>
        internal static int Hash<TKey, TValue>(
            Dictionary<TKey, TValue>? map,
            IEqualityComparer<TValue>? comparer = null)
            where TKey : notnull
        {
            if (map == null)
            {
                return 0;
            }

            comparer ??= EqualityComparer<TValue>.Default;
            int sum = map.Count;
            foreach (KeyValuePair<TKey, TValue> entry in map)
            {
                int value = entry.Value == null ? 0 : comparer.GetHashCode(entry.Value);
                sum = unchecked(sum + HashCode.Combine(entry.Key, value));
            }

            return sum;
        }

        internal static byte[] Copy(byte[] value) => value.Length == 0 ? value : (byte[])value.Clone();

        /// <summary>Appends the elements of one list to another; messages and bytes are copied by the caller's function.</summary>
        internal static void Append<T>(ref List<T>? to, List<T>? from, Func<T, T>? copy = null)
        {
            if (from == null || from.Count == 0)
            {
                return;
            }

            to ??= new List<T>(from.Count);
            int count = from.Count;
            for (int index = 0; index < count; index++)
            {
                to.Add(copy == null ? from[index] : copy(from[index]));
            }
        }

        /// <summary>Puts the entries of one map into another; messages and bytes are copied by the caller's function.</summary>
        internal static void Append<TKey, TValue>(
            ref Dictionary<TKey, TValue>? to,
            Dictionary<TKey, TValue>? from,
            Func<TValue, TValue>? copy = null)
            where TKey : notnull
        {
            if (from == null || from.Count == 0 || ReferenceEquals(to, from))
            {
                return;
            }

            to ??= new Dictionary<TKey, TValue>(from.Count);
            foreach (KeyValuePair<TKey, TValue> entry in from)
            {
                to[entry.Key] = copy == null ? entry.Value : copy(entry.Value);
            }
        }

        /// <summary>The entries in the order of their keys, in which every language of the contract writes them.</summary>
        internal static KeyValuePair<TKey, TValue>[] Sorted<TKey, TValue>(Dictionary<TKey, TValue> map)
            where TKey : notnull
        {
            var entries = new KeyValuePair<TKey, TValue>[map.Count];
            int count = 0;
            foreach (KeyValuePair<TKey, TValue> entry in map)
            {
                entries[count++] = entry;
            }

            // Most maps are small, and for those a general sort is mostly preparation.
            if (count > 12)
            {
                Array.Sort(entries, KeyOrder<TKey, TValue>.Instance);
                return entries;
            }

            for (int index = 1; index < entries.Length; index++)
            {
                KeyValuePair<TKey, TValue> entry = entries[index];
                int at = index;
                for (; at > 0 && CompareKeys(entries[at - 1].Key, entry.Key) > 0; at--)
                {
                    entries[at] = entries[at - 1];
                }

                entries[at] = entry;
            }

            return entries;
        }

        private static int CompareKeys<TKey>(TKey left, TKey right) =>
            left is string a && right is string b ? CompareUtf8(a, b) : Comparer<TKey>.Default.Compare(left, right);

        /// <summary>The order of the UTF-8 bytes, which is that of the code points.</summary>
        internal static int CompareUtf8(string left, string right)
        {
            int shorter = Math.Min(left.Length, right.Length);
            for (int index = 0; index < shorter; index++)
            {
                char a = left[index];
                char b = right[index];
                if (a != b)
                {
                    // Surrogates stand for code points above all others.
                    bool high = char.IsSurrogate(a);
                    return high == char.IsSurrogate(b) ? a - b : high ? 1 : -1;
                }
            }

            return left.Length - right.Length;
        }

        private sealed class KeyOrder<TKey, TValue> : IComparer<KeyValuePair<TKey, TValue>>
            where TKey : notnull
        {
            internal static readonly KeyOrder<TKey, TValue> Instance = new KeyOrder<TKey, TValue>();

            public int Compare(KeyValuePair<TKey, TValue> left, KeyValuePair<TKey, TValue> right) =>
                CompareKeys(left.Key, right.Key);
        }

        private sealed class DoubleComparer : IEqualityComparer<double>
        {
            public bool Equals(double left, double right) => Same(left, right);

            public int GetHashCode(double value) => Hash(value);
        }

        private sealed class FloatComparer : IEqualityComparer<float>
        {
            public bool Equals(float left, float right) => Same(left, right);

            public int GetHashCode(float value) => Hash(value);
        }

        private sealed class BytesComparer : IEqualityComparer<byte[]>
        {
            public bool Equals(byte[]? left, byte[]? right) => Same(left, right);

            public int GetHashCode(byte[] value) => Hash(value);
        }
    }
}
