// What the text format needs to know of a message beyond its binary form: the names of its fields and what they stand for.
// The text is made of the binary form and read into it, so nothing here knows a property.

#nullable enable

using System;
using System.Collections.Generic;

namespace Xlc
{
    internal enum TextKind
    {
        Double,
        Float,
        Int32,
        Int64,
        Uint32,
        Uint64,
        Sint32,
        Sint64,
        Fixed32,
        Fixed64,
        Sfixed32,
        Sfixed64,
        Bool,
        String,
        RawString,
        Bytes,
        Enum,
        Message,
        Group,
    }

    /// <summary>The type of a value: how it is encoded, and what its text means.</summary>
    internal sealed class TextCodec
    {
        internal static readonly TextCodec Double = new TextCodec(TextKind.Double, 1);
        internal static readonly TextCodec Float = new TextCodec(TextKind.Float, 5);
        internal static readonly TextCodec Int32 = new TextCodec(TextKind.Int32, 0);
        internal static readonly TextCodec Int64 = new TextCodec(TextKind.Int64, 0);
        internal static readonly TextCodec Uint32 = new TextCodec(TextKind.Uint32, 0);
        internal static readonly TextCodec Uint64 = new TextCodec(TextKind.Uint64, 0);
        internal static readonly TextCodec Sint32 = new TextCodec(TextKind.Sint32, 0);
        internal static readonly TextCodec Sint64 = new TextCodec(TextKind.Sint64, 0);
        internal static readonly TextCodec Fixed32 = new TextCodec(TextKind.Fixed32, 5);
        internal static readonly TextCodec Fixed64 = new TextCodec(TextKind.Fixed64, 1);
        internal static readonly TextCodec Sfixed32 = new TextCodec(TextKind.Sfixed32, 5);
        internal static readonly TextCodec Sfixed64 = new TextCodec(TextKind.Sfixed64, 1);
        internal static readonly TextCodec Bool = new TextCodec(TextKind.Bool, 0);
        internal static readonly TextCodec String = new TextCodec(TextKind.String, 2);
        internal static readonly TextCodec RawString = new TextCodec(TextKind.RawString, 2);
        internal static readonly TextCodec Bytes = new TextCodec(TextKind.Bytes, 2);

        private readonly Func<Message>? _make;
        private readonly EnumTable? _table;
        private TextNames? _fields;

        private TextCodec(TextKind kind, uint wireType, EnumTable? table = null, Func<Message>? make = null)
        {
            Kind = kind;
            WireType = wireType;
            _table = table;
            _make = make;
        }

        internal TextKind Kind { get; }

        internal uint WireType { get; }

        internal bool IsMessage => Kind == TextKind.Message || Kind == TextKind.Group;

        internal bool IsPackable => WireType == 0 || WireType == 1 || WireType == 5;

        /// <summary>The names of an enum. There are none but an enum's.</summary>
        internal EnumTable Table => _table ?? throw new InvalidOperationException("the type is no enum");

        /// <summary>The fields of a message. Asked for when they are met: messages can contain themselves.</summary>
        internal TextNames Fields =>
            _fields ??= _make?.Invoke().ContractFields() ?? throw new InvalidOperationException("the type is no message");

        internal static TextCodec Enum(EnumTable table) => new TextCodec(TextKind.Enum, 0, table);

        internal static TextCodec Message(Func<Message> make) => new TextCodec(TextKind.Message, 2, null, make);

        internal static TextCodec Group(Func<Message> make) => new TextCodec(TextKind.Group, 3, null, make);
    }

    /// <summary>One field of a message, or an extension.</summary>
    internal sealed class TextField
    {
        internal TextField(int number, string name, TextCodec type, bool isList, string? oneof, TextNames? entry)
        {
            Number = number;
            Name = name;
            Type = type;
            IsList = isList;
            Oneof = oneof;
            Entry = entry;
        }

        internal int Number { get; }

        /// <summary>The name; the full one in brackets of an extension.</summary>
        internal string Name { get; }

        /// <summary>The type of the value or the element; that of an entry is not used.</summary>
        internal TextCodec Type { get; }

        internal bool IsList { get; }

        /// <summary>The name of the oneof that it is in.</summary>
        internal string? Oneof { get; }

        /// <summary>The key and the value, if it is a map.</summary>
        internal TextNames? Entry { get; }
    }

    /// <summary>The fields of one message.</summary>
    internal sealed class TextNames
    {
        private readonly Dictionary<string, TextField> _names = new Dictionary<string, TextField>(StringComparer.Ordinal);
        private readonly Dictionary<int, TextField> _numbers = new Dictionary<int, TextField>();
        private HashSet<string>? _reserved;

        internal TextNames(string message, bool isMessageSet = false)
        {
            Message = message;
            IsMessageSet = isMessageSet;
        }

        /// <summary>The full name of the message.</summary>
        internal string Message { get; }

        /// <summary>Whether its extensions are items of a message set.</summary>
        internal bool IsMessageSet { get; }

        internal bool IsAny => Message == "google.protobuf.Any";

        /// <summary>Adds a field; one that is in the group has a second name, under which it is read as well.</summary>
        internal TextNames Add(int number, string name, TextCodec type, string? oneof = null, string? alias = null) =>
            Add(new TextField(number, name, type, false, oneof, null), alias);

        internal TextNames List(int number, string name, TextCodec type, string? alias = null) =>
            Add(new TextField(number, name, type, true, null, null), alias);

        internal TextNames Map(int number, string name, TextCodec key, TextCodec value)
        {
            TextNames entry = new TextNames("").Add(1, "key", key).Add(2, "value", value);
            return Add(new TextField(number, name, value, true, null, entry), null);
        }

        /// <summary>Adds names that fields must not have any more: what has one of them is passed over.</summary>
        internal TextNames Reserve(params string[] names)
        {
            _reserved = new HashSet<string>(names, StringComparer.Ordinal);
            return this;
        }

        internal TextField? Find(string name) => _names.TryGetValue(name, out TextField? field) ? field : null;

        internal TextField? Find(int number) => _numbers.TryGetValue(number, out TextField? field) ? field : null;

        internal bool IsReserved(string name) => _reserved != null && _reserved.Contains(name);

        private TextNames Add(TextField field, string? alias)
        {
            _numbers[field.Number] = field;
            _names[field.Name] = field;
            if (alias != null)
            {
                _names.TryAdd(alias, field);
            }

            return this;
        }
    }
}
