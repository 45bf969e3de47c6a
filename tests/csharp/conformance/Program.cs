// The testee of the official conformance suite. Every message in it is generated code, the suite's own protocol too.

using System;
using System.Buffers.Binary;
using System.IO;
using Conformance;
using Xlc;

internal static class Program
{
    private static readonly TypeRegistry Types = TypeRegistry.Of(
        ProtobufTestMessages.Proto2.TestMessagesProto2Contract.Types,
        ProtobufTestMessages.Proto3.TestMessagesProto3Contract.Types,
        ProtobufTestMessages.Editions.TestMessagesEdition2023Contract.Types,
        ProtobufTestMessages.Editions.Proto2.TestMessagesProto2EditionsContract.Types,
        ProtobufTestMessages.Editions.Proto3.TestMessagesProto3EditionsContract.Types);

    private static int Main()
    {
        using Stream input = Console.OpenStandardInput();
        using Stream output = Console.OpenStandardOutput();
        var length = new byte[4];
        while (TryFill(input, length))
        {
            var request = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            if (!TryFill(input, request))
            {
                return 1;
            }

            byte[] response = new ConformanceResponse { Result = Answer(ConformanceRequest.Parse(request)) }.ToByteArray();
            BinaryPrimitives.WriteInt32LittleEndian(length, response.Length);
            output.Write(length);
            output.Write(response);
            output.Flush();
        }

        return 0;
    }

    private static ConformanceResponse.ResultOneof Answer(ConformanceRequest request)
    {
        if (request.RequestedOutputFormat == WireFormat.TextFormat || request.Payload is ConformanceRequest.PayloadOneof.TextPayload)
        {
            return new ConformanceResponse.ResultOneof.Skipped("xlc has no text format");
        }

        Message message;
        try
        {
            message = Read(request);
        }
        catch (Exception error) when (error is DecodeException || error is JsonFormatException)
        {
            return new ConformanceResponse.ResultOneof.ParseError(error.Message);
        }

        try
        {
            return request.RequestedOutputFormat == WireFormat.Json
                ? new ConformanceResponse.ResultOneof.JsonPayload(message.ToJson(new JsonWriteOptions { Types = Types }))
                : (ConformanceResponse.ResultOneof)new ConformanceResponse.ResultOneof.ProtobufPayload(message.ToByteArray());
        }
        catch (EncodeException error)
        {
            return new ConformanceResponse.ResultOneof.SerializeError(error.Message);
        }
    }

    private static Message Read(ConformanceRequest request)
    {
        var json = new JsonReadOptions
        {
            IgnoreUnknown = request.TestCategory == TestCategory.JsonIgnoreUnknownParsingTest,
            Types = Types,
        };
        byte[] binary = (request.Payload as ConformanceRequest.PayloadOneof.ProtobufPayload)?.Value;
        string text = (request.Payload as ConformanceRequest.PayloadOneof.JsonPayload)?.Value;
        return request.MessageType switch
        {
            ProtobufTestMessages.Proto2.TestAllTypesProto2.ProtoName => binary != null
                ? ProtobufTestMessages.Proto2.TestAllTypesProto2.Parse(binary)
                : ProtobufTestMessages.Proto2.TestAllTypesProto2.ParseJson(text, json),
            ProtobufTestMessages.Proto3.TestAllTypesProto3.ProtoName => binary != null
                ? ProtobufTestMessages.Proto3.TestAllTypesProto3.Parse(binary)
                : ProtobufTestMessages.Proto3.TestAllTypesProto3.ParseJson(text, json),
            ProtobufTestMessages.Editions.TestAllTypesEdition2023.ProtoName => binary != null
                ? ProtobufTestMessages.Editions.TestAllTypesEdition2023.Parse(binary)
                : ProtobufTestMessages.Editions.TestAllTypesEdition2023.ParseJson(text, json),
            ProtobufTestMessages.Editions.Proto2.TestAllTypesProto2.ProtoName => binary != null
                ? ProtobufTestMessages.Editions.Proto2.TestAllTypesProto2.Parse(binary)
                : ProtobufTestMessages.Editions.Proto2.TestAllTypesProto2.ParseJson(text, json),
            ProtobufTestMessages.Editions.Proto3.TestAllTypesProto3.ProtoName => binary != null
                ? ProtobufTestMessages.Editions.Proto3.TestAllTypesProto3.Parse(binary)
                : ProtobufTestMessages.Editions.Proto3.TestAllTypesProto3.ParseJson(text, json),
            FailureSet.ProtoName => FailureSet.Parse(binary ?? Array.Empty<byte>()),
            _ => throw new InvalidOperationException("no message is called " + request.MessageType),
        };
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
