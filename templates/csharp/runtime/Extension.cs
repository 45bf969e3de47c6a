// Extensions: typed keys of what a message holds beyond its own fields.

#nullable enable

using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Xlc
{
    /// <summary>The key of an extension.</summary>
    public abstract partial class Extension
    {
        private protected Extension(string extendee, int number, string fullName)
        {
            Extendee = extendee;
            Number = number;
            FullName = fullName;
        }

        /// <summary>The number on the wire.</summary>
        public int Number { get; }

        /// <summary>The full name in the contract.</summary>
        public string FullName { get; }

        /// <summary>The full name of the message that it extends.</summary>
        internal string Extendee { get; }

        /// <summary>Whether texts for people do not show the value.</summary>
        internal bool IsRedacted { get; private set; }

        /// <summary>The value after one more field; null if the field holds no value of the type.</summary>
        internal abstract ExtensionValue? Read(ref WireReader r, uint tag, ExtensionValue? old);

        /// <summary>Reads the item of a message set.</summary>
        internal abstract ExtensionValue? ReadItem(ref WireReader r, ExtensionValue? old);

        internal abstract ExtensionValue? ReadJson(ref JsonReader r);

        private protected void Redact() => IsRedacted = true;
    }

    /// <summary>The key of an extension whose values, a list if it is repeated, are of one type.</summary>
    /// <typeparam name="TMessage">The message that it extends.</typeparam>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    public abstract partial class Extension<TMessage, TValue> : Extension
        where TMessage : ExtendableMessage<TMessage>
    {
        private protected Extension(string extendee, int number, string fullName)
            : base(extendee, number, fullName)
        {
        }

        /// <summary>What reads as the value of an extension that is not set.</summary>
        [return: MaybeNull]
        internal abstract TValue Unset();

        internal abstract ExtensionValue<TValue> Hold(TValue value);

        /// <summary>The same key, whose value texts for people do not show.</summary>
        internal Extension<TMessage, TValue> Redacted()
        {
            Redact();
            return this;
        }
    }

    internal sealed class SingularExtension<TMessage, T> : Extension<TMessage, T>
        where TMessage : ExtendableMessage<TMessage>
    {
        private readonly Codec<T> _codec;
        [AllowNull]
        private readonly T _unset;

        internal SingularExtension(string extendee, int number, string fullName, Codec<T> codec, [AllowNull] T unset = default)
            : base(extendee, number, fullName)
        {
            _codec = codec;
            _unset = unset;
        }

        [return: MaybeNull]
        internal override T Unset() => _unset;

        internal override ExtensionValue<T> Hold(T value) => new SingularValue<T>(this, _codec, value);

        internal override ExtensionValue? Read(ref WireReader r, uint tag, ExtensionValue? old) =>
            (tag & 7) == _codec.WireType && _codec.TryRead(ref r, old as ExtensionValue<T>, out T value) ? Hold(value) : null;

        internal override ExtensionValue? ReadItem(ref WireReader r, ExtensionValue? old) =>
            _codec.TryRead(ref r, old as ExtensionValue<T>, out T value) ? Hold(value) : null;

        internal override ExtensionValue? ReadJson(ref JsonReader r) =>
            _codec.TryReadJson(ref r, out T value) ? Hold(value) : null;
    }

    internal sealed class RepeatedExtension<TMessage, T> : Extension<TMessage, List<T>>
        where TMessage : ExtendableMessage<TMessage>
    {
        private readonly Codec<T> _codec;
        private readonly bool _packed;

        internal RepeatedExtension(string extendee, int number, string fullName, Codec<T> codec, bool packed)
            : base(extendee, number, fullName)
        {
            _codec = codec;
            _packed = packed;
        }

        internal override List<T> Unset() => new List<T>();

        internal override ExtensionValue<List<T>> Hold(List<T> value) => new RepeatedValue<T>(this, _codec, _packed, value);

        internal override ExtensionValue? ReadItem(ref WireReader r, ExtensionValue? old) => null;

        internal override ExtensionValue? Read(ref WireReader r, uint tag, ExtensionValue? old)
        {
            List<T> list = (old as ExtensionValue<List<T>>)?.Value ?? new List<T>();
            if ((tag & 7) == _codec.WireType)
            {
                if (!_codec.TryRead(ref r, null, out T value))
                {
                    return null;
                }

                list.Add(value);
                return old ?? Hold(list);
            }

            if ((tag & 7) != 2 || !_codec.IsPackable)
            {
                return null;
            }

            var more = new List<T>();
            int outer = r.Begin();
            while (!r.AtEnd)
            {
                if (!_codec.TryRead(ref r, null, out T value))
                {
                    return null;
                }

                more.Add(value);
            }

            r.End(outer);
            list.AddRange(more);
            return old ?? Hold(list);
        }

        internal override ExtensionValue? ReadJson(ref JsonReader r)
        {
            var list = new List<T>();
            for (bool more = r.BeginArray(); more; more = r.NextElement())
            {
                if (_codec.TryReadJson(ref r, out T value))
                {
                    list.Add(value);
                }
            }

            return Hold(list);
        }
    }

    /// <summary>A value of an extension, in the message that holds it.</summary>
    internal abstract class ExtensionValue
    {
        internal ExtensionValue(Extension key) => Key = key;

        internal Extension Key { get; }

        /// <summary>Whether there is anything to write: an empty list is the same as none.</summary>
        internal abstract bool IsSet { get; }

        internal abstract void Write(ref WireWriter w);

        internal abstract void WriteItem(ref WireWriter w);

        internal abstract void WriteJson(JsonWriter w);

        internal abstract ExtensionValue Copy();

        internal abstract string? FindMissing();
    }

    internal abstract class ExtensionValue<T> : ExtensionValue
    {
        internal readonly T Value;

        internal ExtensionValue(Extension key, T value)
            : base(key) => Value = value;
    }

    internal sealed class SingularValue<T> : ExtensionValue<T>
    {
        private readonly Codec<T> _codec;

        internal SingularValue(Extension key, Codec<T> codec, T value)
            : base(key, value) => _codec = codec;

        internal override bool IsSet => true;

        internal override void Write(ref WireWriter w) => _codec.Write(ref w, Key.Number, Value);

        internal override void WriteItem(ref WireWriter w) => _codec.Put(ref w, Value);

        internal override void WriteJson(JsonWriter w) => _codec.WriteJson(w, Value);

        internal override ExtensionValue Copy() => new SingularValue<T>(Key, _codec, _codec.Copy(Value));

        internal override string? FindMissing() => Message.FindMissing("[" + Key.FullName + "]", Value as Message);
    }

    internal sealed class RepeatedValue<T> : ExtensionValue<List<T>>
    {
        private readonly Codec<T> _codec;
        private readonly bool _packed;

        internal RepeatedValue(Extension key, Codec<T> codec, bool packed, List<T> value)
            : base(key, value)
        {
            _codec = codec;
            _packed = packed;
        }

        internal override bool IsSet => Value.Count != 0;

        internal override void Write(ref WireWriter w)
        {
            int mark = w.Written;
            for (int index = Value.Count - 1; index >= 0; index--)
            {
                if (_packed)
                {
                    _codec.Put(ref w, Value[index]);
                }
                else
                {
                    _codec.Write(ref w, Key.Number, Value[index]);
                }
            }

            if (_packed && Value.Count != 0)
            {
                w.Length(mark);
                w.Tag(((uint)Key.Number << 3) | 2);
            }
        }

        internal override void WriteItem(ref WireWriter w) => throw new EncodeException("a message set holds no lists");

        internal override void WriteJson(JsonWriter w)
        {
            w.BeginArray();
            foreach (T element in Value)
            {
                w.Next();
                _codec.WriteJson(w, element);
            }

            w.EndArray();
        }

        internal override ExtensionValue Copy()
        {
            var copy = new List<T>(Value.Count);
            foreach (T element in Value)
            {
                copy.Add(_codec.Copy(element));
            }

            return new RepeatedValue<T>(Key, _codec, _packed, copy);
        }

        internal override string? FindMissing()
        {
            for (int index = 0; index < Value.Count; index++)
            {
                string? missing = Message.FindMissing("[" + Key.FullName + "][" + index + "]", Value[index] as Message);
                if (missing != null)
                {
                    return missing;
                }
            }

            return null;
        }
    }
}
