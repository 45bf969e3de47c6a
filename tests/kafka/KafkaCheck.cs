// Checks the generated helpers for Kafka against the vectors: KafkaCheck VECTORS.

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Xlc;

internal static class KafkaCheck
{
    private static byte[] Data(string text)
    {
        string hex = text.Replace("-", string.Empty);
        return Enumerable.Range(0, hex.Length / 2)
            .Select(at => byte.Parse(hex.Substring(2 * at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .ToArray();
    }

    private static void Check(bool holds, string line)
    {
        if (!holds)
        {
            throw new InvalidOperationException(line);
        }
    }

    private static void Main(string[] arguments)
    {
        int count = 0;
        foreach (string line in File.ReadAllLines(arguments[0]).Where(line => line[0] != '#'))
        {
            string[] words = line.Split(' ');
            byte[] payload = Data(words[3]);
            byte[] value = Data(words[4]);
            int[] indexes = words[2].Split(',').Where(word => word != "-").Select(int.Parse).ToArray();
            int Id() => unchecked((int)uint.Parse(words[1], CultureInfo.InvariantCulture));
            switch (words[0])
            {
                case "frame":
                    Check(Kafka.Frame(Id(), indexes, payload).SequenceEqual(value), line);
                    goto case "unframe";
                case "unframe":
                    Check(Kafka.TryUnframe(value, out int id, out int[] found, out ReadOnlySpan<byte> rest), line);
                    Check(id == Id() && found.SequenceEqual(indexes) && rest.SequenceEqual(payload), line);
                    break;
                case "schema":
                    Check(Kafka.FrameSchema(Id(), payload).SequenceEqual(value), line);
                    Check(Kafka.TryUnframeSchema(value, out int schema, out ReadOnlySpan<byte> data), line);
                    Check(schema == Id() && data.SequenceEqual(payload), line);
                    break;
                case "single":
                    ulong fingerprint = BitConverter.ToUInt64(Data(words[1]), 0);
                    Check(Kafka.SingleObject(fingerprint, payload).SequenceEqual(value), line);
                    Check(Kafka.TrySplitSingleObject(value, out ulong print, out ReadOnlySpan<byte> datum), line);
                    Check(print == fingerprint && datum.SequenceEqual(payload), line);
                    break;
                default:
                    Check(!Kafka.TryUnframe(value, out _, out _, out _), line);
                    break;
            }

            count++;
        }

        int[]? place = Kafka.MessageIndexes("radiology.study.v1.Study.Series.Window");
        Check(place != null && place.SequenceEqual(new[] { 2, 0, 1 }), "table");
        Check(Kafka.MessageIndexes("radiology.study.v1.Nothing") == null, "nothing");
        Console.WriteLine(count);
    }
}
