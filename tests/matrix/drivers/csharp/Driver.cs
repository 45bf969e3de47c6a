// Answers the matrix in generated C#. driver.py describes requests and answers; the test writes Types.cs.

#nullable enable

using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using Xlc;

internal static class Driver
{
    private static readonly TypeRegistry Types = TypeRegistry.Of(Lists.All);

    private static void Main()
    {
        using Stream input = Console.OpenStandardInput();
        using Stream output = Console.OpenStandardOutput();
        var length = new byte[4];
        while (TryFill(input, length))
        {
            var request = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            if (!TryFill(input, request))
            {
                throw new EndOfStreamException();
            }

            int end = 3 + BinaryPrimitives.ReadUInt16LittleEndian(request.AsSpan(1));
            byte[] data;
            try
            {
                data = Answer((char)request[0], Encoding.UTF8.GetString(request, 3, end - 3), request.AsSpan(end));
            }
            catch (Exception error)
            {
                var bug = new MemoryStream();
                Part(bug, 'x', Encoding.UTF8.GetBytes(error.ToString()));
                data = bug.ToArray();
            }

            BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
            output.Write(length);
            output.Write(data);
            output.Flush();
        }
    }

    private static byte[] Answer(char form, string name, ReadOnlySpan<byte> data)
    {
        var answer = new MemoryStream();
        Message message = Types.Create(name)!;
        try
        {
            if (form == 't')
            {
                message.ReadText(Encoding.UTF8.GetString(data), new TextReadOptions { Types = Types });
            }
            else if (form == 'j')
            {
                message.ReadFrom(data, new JsonReadOptions { Types = Types });
            }
            else
            {
                message.MergeFrom(data);
            }
        }
        catch (Exception error) when (error is DecodeException || error is JsonFormatException || error is TextFormatException)
        {
            Part(answer, 'r', Encoding.UTF8.GetBytes(error.Message));
            return answer.ToArray();
        }

        Either(answer, 'b', () => message.ToByteArray());
        if (form == 'c' || form == 't')
        {
            Either(answer, 't', () => Encoding.UTF8.GetBytes(message.ToText(new TextWriteOptions { Types = Types })));
            return answer.ToArray();
        }

        Either(answer, 'j', () => Encoding.UTF8.GetBytes(message.ToJson(new JsonWriteOptions { Types = Types })));
        return answer.ToArray();
    }

    /// <summary>Appends what was written, or why it was not, under the capital letter.</summary>
    private static void Either(Stream answer, char letter, Func<byte[]> write)
    {
        byte[] data;
        try
        {
            data = write();
        }
        catch (EncodeException error)
        {
            letter = char.ToUpperInvariant(letter);
            data = Encoding.UTF8.GetBytes(error.Message);
        }

        Part(answer, letter, data);
    }

    private static void Part(Stream answer, char letter, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        answer.WriteByte((byte)letter);
        answer.Write(length);
        answer.Write(data);
    }

    private static bool TryFill(Stream input, byte[] buffer)
    {
        for (int filled = 0; filled < buffer.Length;)
        {
            int read = input.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
            {
                return false;
            }

            filled += read;
        }

        return true;
    }
}
