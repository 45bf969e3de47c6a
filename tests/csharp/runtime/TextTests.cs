// The text format: what is written, what is read, what is refused and where.

#nullable enable

using System;
using System.IO;
using System.Text;
using Kitchen.Ext;
using Kitchen.Three;
using Kitchen.Two;
using Radiology.Study.V1;
using Xlc;
using Xlc.WellKnownTypes;
using Lists = Kitchen.Two.Lists;
using Scalars = Kitchen.Three.Scalars;

internal static class TextTests
{
    private static readonly TextReadOptions Reading = new TextReadOptions { Types = Samples.Types };
    private static readonly TextWriteOptions Writing = new TextWriteOptions { Types = Samples.Types };
    private static readonly TextWriteOptions OneLine = new TextWriteOptions { Types = Samples.Types, SingleLine = true };

    internal static void Run()
    {
        Written();
        RoundTrips();
        Read();
        Literals();
        Refused();
        Places();
        UnknownFields();
        Extensions();
        Anys();
        Limits();
    }

    /// <summary>Writes the samples and their texts for another runtime to look at.</summary>
    internal static int Save(string directory)
    {
        int count = 0;
        foreach (Message message in Samples.All())
        {
            string stem = System.IO.Path.Combine(directory, count++.ToString());
            File.WriteAllText(stem + ".type", message.ContractName());
            File.WriteAllBytes(stem + ".bin", message.ToByteArray());
            File.WriteAllText(stem + ".ours", message.ToText(Writing));
        }

        return 0;
    }

    /// <summary>Reads the texts that another runtime wrote of those samples.</summary>
    internal static int Load(string directory)
    {
        int count = 0;
        foreach (Message message in Samples.All())
        {
            Message read = Samples.Types.Create(message.ContractName())!;
            read.ReadText(File.ReadAllBytes(System.IO.Path.Combine(directory, count++ + ".theirs")), Reading);
            Check.Equal(message, read);
        }

        Console.WriteLine(Check.Failures == 0 ? "text: ok" : "text: FAILED");
        return Check.Failures;
    }

    private static void Written()
    {
        var study = new Study
        {
            Id = "s\"\u00E4\n\u0001",
            Status = StudyStatus.Running,
            Patient = new Patient(),
            Labels = { ["b"] = "2", ["a"] = "" },
            PerformedAt = new Timestamp { Seconds = 5 },
            BodyParts = { BodyPart.Head, (BodyPart)99 },
        };
        study.Series.Add(new Study.Types.Series { SliceThicknessMm = 0.1f });
        Check.Equal(
            "id: \"s\\\"\u00E4\\n\\001\"\nstatus: STUDY_STATUS_RUNNING\npatient {\n}\nperformed_at {\n  seconds: 5\n}\n"
            + "body_parts: BODY_PART_HEAD\nbody_parts: 99\nseries {\n  slice_thickness_mm: 0.1\n}\nlabels {\n  key: \"a\"\n  value: \"\"\n}\nlabels {\n  key: \"b\"\n  value: \"2\"\n}\n",
            study.ToText());
        Check.Equal("a_double: -0.0 a_float: inf", new Scalars { ADouble = -0.0, AFloat = float.PositiveInfinity }.ToText(OneLine));
        Check.Equal("a_double: nan a_float: -inf", new Scalars { ADouble = double.NaN, AFloat = float.NegativeInfinity }.ToText(OneLine));
        Check.Equal("a_bytes: \"a\\000\\377\\303\\244\"", new Scalars { ABytes = new byte[] { 97, 0, 255, 0xC3, 0xA4 } }.ToText(OneLine));
        Check.Equal("", new Study().ToText());
        Groups groups = Groups.ParseText("Must { a: 1 } May { Inner { text: 't' } Inner {} } Chosen < > same_type { a: 2 }");
        Check.Equal("Must { a: 1 } May { Inner { text: \"t\" } Inner { } } Chosen { } same_type { a: 2 }", groups.ToText(OneLine));

        // What no format can write is an error here as well.
        Check.Throws<EncodeException>(() => new Study { Id = "\uD800" }.ToText());
        var tree = new Tree();
        tree.Left = tree;
        Check.Equal("kitchen.two.Tree: the message is too deep, or contains itself", Check.Throws<EncodeException>(() => tree.ToText()).Message);
    }

    private static void RoundTrips()
    {
        foreach (Message message in Samples.All())
        {
            foreach (TextWriteOptions options in new[] { Writing, OneLine })
            {
                string text = message.ToText(options);
                Message read = Samples.Types.Create(message.ContractName())!;
                read.ReadText(text, Reading);
                Check.Equal(message, read);
                Check.Equal(text, read.ToText(options));
                Check.Equal(options.SingleLine, text.IndexOf('\n') < 0);
            }
        }
    }

    private static void Read()
    {
        foreach ((string text, string expected) in new[]
        {
            ("", ""),
            (" # a comment\n\tan_int32 : # another\n -\n # and one\n 5", "an_int32: -5"),
            ("an_int32: 0x1F", "an_int32: 31"),
            ("an_int32: -0x80000000", "an_int32: -2147483648"),
            ("an_int32: 017", "an_int32: 15"),
            ("a_uint64: 18446744073709551615", "a_uint64: 18446744073709551615"),
            ("a_double: 1e2f", "a_double: 100"),
            ("a_double: .5", "a_double: 0.5"),
            ("a_double: 5.", "a_double: 5"),
            ("a_double: 10F", "a_double: 10"),
            ("a_double: - 1.5E-3", "a_double: -0.0015"),
            ("a_double: 1e999", "a_double: inf"),
            ("a_double: -iNfInItY", "a_double: -inf"),
            ("a_double: -NaN", "a_double: nan"),
            ("a_float: 1e39", "a_float: inf"),
            ("a_bool: t", "a_bool: true"),
            ("a_bool: True,", "a_bool: true"),
            ("a_bool: 0x1;", "a_bool: true"),
            ("a_bool: 01", "a_bool: true"),
            ("a_string: 'a' \"b\"\n'c'", "a_string: \"abc\""),
            ("a_string: \"it's\" a_bool: t", "a_bool: true a_string: \"it\\'s\""),
        })
        {
            Check.Equal(Ordered(expected), Ordered(Scalars.ParseText(text).ToText(OneLine)));
            Check.Equal(Scalars.ParseText(text), Scalars.ParseText(Encoding.UTF8.GetBytes(text)));
        }

        // Lists in both forms, messages in both brackets, with and without a colon, and a list of messages.
        Study study = Study.ParseText(
            "body_parts: [BODY_PART_HEAD, 2] body_parts: 99 series [{}, <series_number: 4>], series: {} labels { value: 'v' } labels: [{key: 'k'}]");
        Check.Equal(3, study.BodyParts.Count);
        Check.Equal((BodyPart)99, study.BodyParts[2]);
        Check.Equal(3, study.Series.Count);
        Check.Equal(4, study.Series[1].SeriesNumber);
        Check.Equal("v", study.Labels[""]);
        Check.Equal("", study.Labels["k"]);
        Check.Equal(0, Study.ParseText("body_parts: [] series []").Series.Count);

        // The last entry of a key counts.
        Check.Equal("2", Study.ParseText("labels { key: 'k' value: '1' } labels { key: 'k' value: '2' }").Labels["k"]);

        // What is reserved is passed over, whatever it is; what is unknown only if that is asked for.
        const string Reserved = "patient { name: [1, -2.5] birth_date { x: 'a' 'b' [y.z]: { n: inf } [a.b/c.d]: <> } pseudonym: 'p' }";
        Check.Equal("p", Study.ParseText(Reserved).Patient!.Pseudonym);
        const string Unknown = "nobody: 0x10, [no.body] { } id: 'i'";
        Check.Throws<TextFormatException>(() => Study.ParseText(Unknown));
        Check.Equal("i", Study.ParseText(Unknown, new TextReadOptions { IgnoreUnknown = true }).Id);
    }

    private static string Ordered(string text)
    {
        string[] words = text.Split(' ');
        Array.Sort(words, StringComparer.Ordinal);
        return string.Join(" ", words);
    }

    private static void Literals()
    {
        foreach ((string literal, string hex) in new[]
        {
            (@"'\a\b\f\n\r\t\v\?\\\'\""'", "07 08 0C 0A 0D 09 0B 3F 5C 27 22"),
            (@"'\0\12\1234\377'", "00 0A 53 34 FF"),
            (@"'\x1\xfF\x213'", "01 FF 21 33"),
            (@"'\u00e4\U0001F600'", "C3 A4 F0 9F 98 80"),
            ("'\u00E4'", "C3 A4"),
        })
        {
            Check.Equal(hex, Check.Hex(Scalars.ParseText("a_bytes: " + literal).ABytes));
        }

        foreach (string literal in new[]
        {
            @"'\q'", @"'\x'", @"'\xg'", @"'\u12'", @"'\U00110000'", @"'\ud83d\ude00'", @"'\ud800'", @"'\400'", @"'\", "'a\nb'", "'a\0b'", "'a", "a",
        })
        {
            Check.Throws<TextFormatException>(() => Scalars.ParseText("a_bytes: " + literal));
        }

        Check.Throws<TextFormatException>(() => Scalars.ParseText("a_string: '\\377'"));
        Check.Throws<TextFormatException>(() => Scalars.ParseText("a_string: '\uD800'"));
        Check.Throws<TextFormatException>(() => Scalars.ParseText(new byte[] { 0x23, 0xFF }));

        // Where the contract does not verify text it may be any bytes, and is written so that it is read again.
        Lists lists = Lists.ParseText("strings: 'a\\377\\303\\244'");
        Check.Equal("strings: \"a\\377\u00E4\"", lists.ToText(OneLine));
        Check.Equal("a\uDCFF\u00E4", lists.Strings[0]);
    }

    private static void Refused()
    {
        foreach (string text in new[]
        {
            "an_int32 5", "an_int32: 5 an_int32: 5", "an_int32: [5]", "an_int32: 2147483648", "an_int32: -2147483649", "an_int32: 08",
            "an_int32: 1.0", "an_int32: 5f", "an_int32: 5x", "an_int32: '5'", "an_int32: --5", "an_int32:", "an_int32: 0x", "an_int32: 1 2",
            "a_uint32: -0", "a_uint32: 4294967296", "a_uint64: 18446744073709551616", "a_bool: 2", "a_bool: yes", "a_bool: -0",
            "a_bool: TRUE", "a_double: 0x1", "a_double: 01", "a_double: 1e", "a_double: infin", "a_double: 1.2.3", "a_double: .", "a_double: + 1",
            "a_string: 5", "}", "an_int32: 5 }", "{}", ",", "an_int32: 5,;", "an_int32: 5,,", "1: 5", "anInt32: 5", "\0", "an_int32: 5 \0",
        })
        {
            Check.Throws<TextFormatException>(() => Scalars.ParseText(text));
        }

        foreach (string text in new[]
        {
            "series { ", "series { >", "series: [{},]", "series: [{} {}]", "series: 5", "body_parts: [1,]", "body_parts: NOBODY", "body_parts: [1",
            "labels { key: 'k' key: 'k' }", "labels { other: 1 }", "finding { } rejection { }", "finding { } finding { }", "patient { x: }",
            "[radiology.study.v1.Study] {}", "[a.b/c.d] {}", "[", "[a.]: 1", "patient { name: [1 }", "patient { name }", "patient { name 5 }",
        })
        {
            Check.Throws<TextFormatException>(() => Study.ParseText(text, Reading));
        }

        // A closed enum has the numbers that it has.
        Check.Throws<TextFormatException>(() => Lists.ParseText("colors: 77"));
        Check.Throws<TextFormatException>(() => ClosedMaps.ParseText("by_id { key: 1 value: 77 }"));

        // Required fields.
        TextFormatException error = Check.Throws<TextFormatException>(() => RequiredInside.ParseText("singular { value: 1 }\nlist { }"));
        Check.Equal("kitchen.two.RequiredInside.list[0].value: the required field is not set (at line 2, column 9)", error.Message);
        RequiredInside.ParseText("list { }", new TextReadOptions { AllowPartial = true });
    }

    private static void Places()
    {
        const string Text = "# \u00E4\nseries { }\nseries {\n  instances { rows: 5 } instances: [{}, {\n  thumbnail: '\U0001F600' rows: -1 }] }";
        TextFormatException error = Check.Throws<TextFormatException>(() => Study.ParseText(Text));
        Check.Equal("radiology.study.v1.Study.series[1].instances[2].rows", error.Path);
        Check.Equal((5, 24), (error.Line, error.Column));
        Check.Equal("expected an integer", error.Reason);
        error = Check.Throws<TextFormatException>(() => Study.ParseText("id: ''\nlabels { key: 'a' value: 5 }"));
        Check.Equal("radiology.study.v1.Study.labels.value: expected a string (at line 2, column 26)", error.Message);
        error = Check.Throws<TextFormatException>(() => Study.ParseText("nobody: 1"));
        Check.Equal("radiology.study.v1.Study: the message has no field `nobody` (at line 1, column 1)", error.Message);
    }

    private static void UnknownFields()
    {
        Scalars message = Scalars.Parse(Check.Bytes("C0 3E 05 C2 3E 02 61 FF C2 3E 02 08 01 C5 3E 01 00 00 00 C1 3E 02 00 00 00 00 00 00 00 C3 3E 08 01 C4 3E C2 3E 00"));
        Check.Equal("", message.ToText());
        Check.Equal(
            "1000: 5 1000: \"a\\377\" 1000 { 1: 1 } 1000: 0x00000001 1000: 0x0000000000000002 1000 { 1: 1 } 1000: \"\"",
            message.ToText(new TextWriteOptions { WriteUnknown = true, SingleLine = true }));

        // Unknown numbers of closed enums are among them.
        Lists lists = Lists.ParseText("colors: COLOR_RED");
        byte[] known = lists.ToByteArray();
        byte[] unknown = (byte[])known.Clone();
        unknown[unknown.Length - 1] = 77;
        Lists both = Lists.Parse(known);
        both.MergeFrom(unknown);
        Check.Equal("colors: COLOR_RED", both.ToText(OneLine));
        Check.True(both.ToText(new TextWriteOptions { WriteUnknown = true, SingleLine = true }).EndsWith(": 77", StringComparison.Ordinal));
    }

    private static void Extensions()
    {
        const string Text = "id: \"x\" [kitchen.ext.x_int32]: 5 [kitchen.ext.x_message] { left { } children { } } [kitchen.ext.xs_packed]: 1 "
            + "[kitchen.ext.xs_packed]: 2 [kitchen.ext.xgroup] { b: 1 } [kitchen.ext.Scoped.as_extensions] { value: 7 }";
        Base message = Base.ParseText(Text, Reading);
        Check.Equal(5, message.GetExtension(ExtensionsContract.XInt32));
        Check.Equal(Text, message.ToText(OneLine));

        // Those that were set have names of their own, those that were read need a registry.
        Check.Equal(Text, message.ToText(new TextWriteOptions { SingleLine = true }));
        Check.Equal("id: \"x\"", Base.Parse(message.ToByteArray()).ToText(new TextWriteOptions { SingleLine = true }));
        Check.Equal(Text, Base.Parse(message.ToByteArray()).ToText(OneLine));

        // What came in pieces is one value.
        Base pieces = Base.Parse(Check.Bytes("A2 07 02 0A 00 B0 06 04 A2 07 02 12 00 B2 06 00 B0 06 05 98 08 01 9A 08 01 02"));
        Check.Equal(
            "[kitchen.ext.x_int32]: 5 [kitchen.ext.x_message] { left { } children { } } [kitchen.ext.xs_packed]: 1 [kitchen.ext.xs_packed]: 2",
            pieces.ToText(OneLine));
        EncodeException invalid = Check.Throws<EncodeException>(() => Base.Parse(Check.Bytes("A2 07 01 80")).ToText(OneLine));
        Check.Equal("kitchen.ext.Base[kitchen.ext.x_message]: the input ends too early", invalid.Message);

        Container set = Container.ParseText("set { [kitchen.ext.SetItem.item] { text: 't' } }", Reading);
        Check.Equal("0A 0A 0B 10 B9 60 1A 03 0A 01 74 0C", Check.Hex(set.ToByteArray()));
        Check.Equal(set, Container.ParseText("set { [kitchen.ext.SetItem] { text: 't' } }", Reading));
        Check.Equal("set { [kitchen.ext.SetItem.item] { text: \"t\" } }", Container.Parse(set.ToByteArray()).ToText(OneLine));

        foreach (string text in new[]
        {
            "[kitchen.ext.x_int32]: 5 [kitchen.ext.x_int32]: 5", "[kitchen.ext.twenty]: 1", "[kitchen.ext.nobody]: 1", "[kitchen.ext.XGroup] { b: 1 }",
            "[kitchen.ext.xgroup] { }",
        })
        {
            Check.Throws<TextFormatException>(() => Base.ParseText(text, Reading));
        }

        Check.Throws<TextFormatException>(() => Base.ParseText(Text));
    }

    private static void Anys()
    {
        var any = Any.Pack(new Patient { Pseudonym = "p" });
        const string Expanded = "[type.googleapis.com/radiology.study.v1.Patient] { pseudonym: \"p\" }";
        Check.Equal(Expanded, any.ToText(OneLine));
        Check.Equal("type_url: \"type.googleapis.com/radiology.study.v1.Patient\" value: \"\\n\\001p\"", any.ToText(new TextWriteOptions { SingleLine = true }));
        Check.Equal(any, Any.ParseText(Expanded, Reading));
        Check.Equal(any, Any.ParseText(any.ToText(), Reading));
        Check.Equal("value: \"\\200\" ", new Any { Value = new byte[] { 0x80 } }.ToText(OneLine) + " ");

        // What is no message of the type, or has no name that a text can have, is shown as it is.
        any.Value = new byte[] { 0x80 };
        Check.True(any.ToText(OneLine).EndsWith("value: \"\\200\"", StringComparison.Ordinal));
        any = Any.Pack(new Patient(), "a b/");
        Check.Equal("type_url: \"a b/radiology.study.v1.Patient\"", any.ToText(OneLine));

        foreach (string text in new[]
        {
            Expanded + Expanded, Expanded + " value: ''", "value: '' " + Expanded, "[type.googleapis.com/nobody] {}", "[radiology.study.v1.Patient] {}",
            "[type.googleapis.com/radiology.study.v1.Patient]: 5",
        })
        {
            Check.Throws<TextFormatException>(() => Any.ParseText(text, Reading));
        }

        Check.Throws<TextFormatException>(() => Any.ParseText(Expanded));
        TextFormatException error = Check.Throws<TextFormatException>(() => Study.ParseText("attachments {}\nattachments { [a.b/radiology.study.v1.Patient] { age_years: x } }", Reading));
        Check.Equal("radiology.study.v1.Study.attachments[1][a.b/radiology.study.v1.Patient].age_years", error.Path);
    }

    private static void Limits()
    {
        string Nested(int depth) => new StringBuilder().Insert(0, "left{", depth).Append('}', depth).ToString();
        Tree tree = Tree.ParseText(Nested(100));
        Check.Equal(tree, Tree.Parse(tree.ToByteArray()));
        Check.Throws<TextFormatException>(() => Tree.ParseText(Nested(101)));
        Check.Throws<TextFormatException>(() => Tree.ParseText(Nested(1_000_000)));
        Check.Throws<TextFormatException>(() => Tree.ParseText(Nested(2), new TextReadOptions { RecursionLimit = 1 }));
        var ignoring = new TextReadOptions { IgnoreUnknown = true };
        Check.Throws<TextFormatException>(() => Tree.ParseText(Nested(1_000_000).Replace("left", "no", StringComparison.Ordinal), ignoring));

        // An entry of a map is no level, as it is none in the binary format; the message in it is one.
        Tree.ParseText("named { value { named { value { } } } }", new TextReadOptions { RecursionLimit = 2 });

        // Long input of one kind takes no longer than its length.
        Check.Throws<TextFormatException>(() => Base.ParseText("[" + new StringBuilder().Insert(0, "a.", 500_000), Reading));
        Check.Equal(200_000, Study.ParseText(new StringBuilder().Insert(0, "body_parts:1 ", 200_000).ToString()).BodyParts.Count);
    }
}
