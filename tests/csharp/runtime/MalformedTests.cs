// Input that is broken at random ends in the error of the format and in nothing else, with no more memory than the
// input accounts for.

#nullable enable

using System;
using System.Collections.Generic;
using Xlc;

internal static class MalformedTests
{
    /// <summary>What a message costs before it holds anything, and per byte of the input at most.</summary>
    private const long Base = 100_000;
    private const long PerByte = 2_000;

    internal static void Run(int count)
    {
        var random = new Random(20240229);
        var inputs = new List<(Message Message, byte[] Binary, byte[] Json, byte[] Text)>();
        foreach (Message message in Samples.All())
        {
            string json = message.ToJson(new JsonWriteOptions { Types = Samples.Types });
            string text = message.ToText(new TextWriteOptions { Types = Samples.Types });
            inputs.Add((message, message.ToByteArray(), Check.Utf8(json), Check.Utf8(text)));
        }

        int refused = 0;
        foreach ((Message message, byte[] binary, byte[] json, byte[] text) in inputs)
        {
            for (int length = 0; length < binary.Length; length++)
            {
                refused += Binary(message, binary.AsSpan(0, length).ToArray());
            }

            for (int length = 0; length < json.Length; length++)
            {
                Check.Equal(1, Json(message, json.AsSpan(0, length).ToArray()));
            }

            for (int length = 0; length < text.Length; length++)
            {
                refused += Text(message, text.AsSpan(0, length).ToArray());
            }
        }

        for (int turn = 0; turn < count; turn++)
        {
            (Message message, byte[] binary, byte[] json, byte[] text) = inputs[turn % inputs.Count];
            refused += Binary(message, Broken(binary, random));
            refused += Json(message, Broken(json, random));
            refused += Text(message, Broken(text, random));
        }

        Check.True(refused > count / 4);
        Deep();
        Console.WriteLine($"  {refused} of {3 * count} random and all truncated inputs were refused");
    }

    private static void Deep()
    {
        var tree = new Kitchen.Two.Tree();
        var bytes = new byte[200_000];
        Array.Fill(bytes, (byte)0x33);
        Check.Equal(1, Binary(tree, bytes));
        for (int index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)(index % 2 == 0 ? 0x0A : 0x7F);
        }

        Check.Equal(1, Binary(tree, bytes));
        Check.Equal(1, Binary(tree, Check.Bytes("0A FF FF FF FF 07")));
        Check.Equal(1, Binary(new Kitchen.Three.Lists(), Check.Bytes("0A F8 FF FF FF 07")));
        Check.Equal(1, Json(tree, Check.Utf8(string.Concat(System.Linq.Enumerable.Repeat("{\"left\":", 100_000)))));
    }

    private static byte[] Broken(byte[] input, Random random)
    {
        var bytes = new List<byte>(input);
        for (int times = random.Next(1, 5); times > 0 && bytes.Count > 0; times--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 5), bytes.Count - at));
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 4:
                    bytes.InsertRange(at, new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x07 });
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(0, Math.Min(bytes.Count, random.Next(1, 40))));
                    break;
            }
        }

        return bytes.ToArray();
    }

    /// <summary>1 if the input is refused; what is accepted must survive a round trip.</summary>
    private static int Binary(Message like, byte[] input)
    {
        Message message = Samples.Types.Create(like.ContractName())!;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            message.MergeFrom(input);
        }
        catch (DecodeException)
        {
            return 1;
        }
        finally
        {
            Check.True(GC.GetAllocatedBytesForCurrentThread() - before < Base + PerByte * input.Length);
        }

        Message again = Samples.Types.Create(like.ContractName())!;
        again.MergeFrom(message.ToByteArray());
        Check.Equal(message, again);
        Check.True(message.ToString().Length > 0);
        return 0;
    }

    private static int Json(Message like, byte[] input)
    {
        Message message = Samples.Types.Create(like.ContractName())!;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            message.ReadFrom(input, new JsonReadOptions { Types = Samples.Types });
        }
        catch (JsonFormatException)
        {
            return 1;
        }
        finally
        {
            Check.True(GC.GetAllocatedBytesForCurrentThread() - before < Base + PerByte * input.Length);
        }

        message.ToByteArray();
        return 0;
    }

    private static int Text(Message like, byte[] input)
    {
        var types = new TextReadOptions { Types = Samples.Types };
        Message message = Samples.Types.Create(like.ContractName())!;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            message.ReadText(input, types);
        }
        catch (TextFormatException)
        {
            return 1;
        }
        finally
        {
            Check.True(GC.GetAllocatedBytesForCurrentThread() - before < Base + PerByte * input.Length);
        }

        Message again = Samples.Types.Create(like.ContractName())!;
        again.ReadText(message.ToText(), types);
        Check.Equal(message, again);
        return 0;
    }
}
