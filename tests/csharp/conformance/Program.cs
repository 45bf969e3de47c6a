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
        Message message;
        try
        {
            message = Read(request);
        }
        catch (Exception error) when (error is DecodeException || error is JsonFormatException || error is TextFormatException)
        {
            return new ConformanceResponse.ResultOneof.ParseError(error.Message);
        }

        try
        {
            var text = new TextWriteOptions { Types = Types, WriteUnknown = request.PrintUnknownFields };
            return request.RequestedOutputFormat switch
            {
                WireFormat.Json => new ConformanceResponse.ResultOneof.JsonPayload(message.ToJson(new JsonWriteOptions { Types = Types })),
                WireFormat.TextFormat => new ConformanceResponse.ResultOneof.TextPayload(message.ToText(text)),
                _ => (ConformanceResponse.ResultOneof)new ConformanceResponse.ResultOneof.ProtobufPayload(message.ToByteArray()),
            };
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
        var text = new TextReadOptions { Types = Types };
        return request.MessageType switch
        {
            ProtobufTestMessages.Proto2.TestAllTypesProto2.ProtoName => request.Payload switch
            {
                ConformanceRequest.PayloadOneof.ProtobufPayload binary => ProtobufTestMessages.Proto2.TestAllTypesProto2.Parse(binary.Value),
                ConformanceRequest.PayloadOneof.JsonPayload payload => ProtobufTestMessages.Proto2.TestAllTypesProto2.ParseJson(payload.Value, json),
                ConformanceRequest.PayloadOneof.TextPayload payload => ProtobufTestMessages.Proto2.TestAllTypesProto2.ParseText(payload.Value, text),
                _ => throw Unexpected(request),
            },
            ProtobufTestMessages.Proto3.TestAllTypesProto3.ProtoName => request.Payload switch
            {
                ConformanceRequest.PayloadOneof.ProtobufPayload binary => ProtobufTestMessages.Proto3.TestAllTypesProto3.Parse(binary.Value),
                ConformanceRequest.PayloadOneof.JsonPayload payload => ProtobufTestMessages.Proto3.TestAllTypesProto3.ParseJson(payload.Value, json),
                ConformanceRequest.PayloadOneof.TextPayload payload => ProtobufTestMessages.Proto3.TestAllTypesProto3.ParseText(payload.Value, text),
                _ => throw Unexpected(request),
            },
            ProtobufTestMessages.Editions.TestAllTypesEdition2023.ProtoName => request.Payload switch
            {
                ConformanceRequest.PayloadOneof.ProtobufPayload binary => ProtobufTestMessages.Editions.TestAllTypesEdition2023.Parse(binary.Value),
                ConformanceRequest.PayloadOneof.JsonPayload payload => ProtobufTestMessages.Editions.TestAllTypesEdition2023.ParseJson(payload.Value, json),
                ConformanceRequest.PayloadOneof.TextPayload payload => ProtobufTestMessages.Editions.TestAllTypesEdition2023.ParseText(payload.Value, text),
                _ => throw Unexpected(request),
            },
            ProtobufTestMessages.Editions.Proto2.TestAllTypesProto2.ProtoName => request.Payload switch
            {
                ConformanceRequest.PayloadOneof.ProtobufPayload binary => ProtobufTestMessages.Editions.Proto2.TestAllTypesProto2.Parse(binary.Value),
                ConformanceRequest.PayloadOneof.JsonPayload payload => ProtobufTestMessages.Editions.Proto2.TestAllTypesProto2.ParseJson(payload.Value, json),
                ConformanceRequest.PayloadOneof.TextPayload payload => ProtobufTestMessages.Editions.Proto2.TestAllTypesProto2.ParseText(payload.Value, text),
                _ => throw Unexpected(request),
            },
            ProtobufTestMessages.Editions.Proto3.TestAllTypesProto3.ProtoName => request.Payload switch
            {
                ConformanceRequest.PayloadOneof.ProtobufPayload binary => ProtobufTestMessages.Editions.Proto3.TestAllTypesProto3.Parse(binary.Value),
                ConformanceRequest.PayloadOneof.JsonPayload payload => ProtobufTestMessages.Editions.Proto3.TestAllTypesProto3.ParseJson(payload.Value, json),
                ConformanceRequest.PayloadOneof.TextPayload payload => ProtobufTestMessages.Editions.Proto3.TestAllTypesProto3.ParseText(payload.Value, text),
                _ => throw Unexpected(request),
            },
            FailureSet.ProtoName => new FailureSet(),
            _ => throw Unexpected(request),
        };
    }

    private static Exception Unexpected(ConformanceRequest request) =>
        new InvalidOperationException("nobody expected " + request);

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
