// Command testee answers the official conformance runner with generated code alone: the runner's own messages and the
// test messages are all made by xlc.
package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"log"
	"os"

	"xlc.test/conformance/conformance"
	"xlc.test/conformance/google/protobuf"
	"xlc.test/conformance/protobuf_test_messages/editions"
	editions2 "xlc.test/conformance/protobuf_test_messages/editions/proto2"
	editions3 "xlc.test/conformance/protobuf_test_messages/editions/proto3"
	"xlc.test/conformance/protobuf_test_messages/proto2"
	"xlc.test/conformance/protobuf_test_messages/proto3"
	"xlc.test/conformance/xlc"
)

var types = xlc.NewRegistry(
	protobuf.Types(), proto2.Types(), proto3.Types(), editions.Types(), editions2.Types(), editions3.Types(),
)

func main() {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	for {
		if err := serve(in, out); err == io.EOF {
			return
		} else if err != nil {
			log.Fatal(err)
		}
	}
}

// serve answers one request; each message has its length in four bytes before it.
func serve(in *bufio.Reader, out *bufio.Writer) error {
	var length [4]byte
	if _, err := io.ReadFull(in, length[:]); err != nil {
		return err
	}
	data := make([]byte, binary.LittleEndian.Uint32(length[:]))
	if _, err := io.ReadFull(in, data); err != nil {
		return err
	}
	var request conformance.ConformanceRequest
	if err := request.UnmarshalBinary(data); err != nil {
		return err
	}
	answer, err := answer(&request).MarshalBinary()
	if err != nil {
		return err
	}
	binary.LittleEndian.PutUint32(length[:], uint32(len(answer)))
	if _, err := out.Write(append(length[:], answer...)); err != nil {
		return err
	}
	return out.Flush()
}

func answer(request *conformance.ConformanceRequest) *conformance.ConformanceResponse {
	response := new(conformance.ConformanceResponse)
	if request.MessageType == "conformance.FailureSet" {
		response.Result = &conformance.ConformanceResponseResultProtobufPayload{}
		return response
	}
	m := types.New(request.MessageType)
	if m == nil {
		response.Result = &conformance.ConformanceResponseResultRuntimeError{RuntimeError: "no type " + request.MessageType}
		return response
	}
	options := xlc.JSON{
		Types:         types,
		IgnoreUnknown: request.TestCategory == conformance.TestCategoryJSONIgnoreUnknownParsingTest,
	}
	text := xlc.Prototext{Types: types, EmitUnknown: request.PrintUnknownFields}
	var err error
	switch payload := request.Payload.(type) {
	case *conformance.ConformanceRequestPayloadProtobufPayload:
		err = m.UnmarshalBinary(payload.ProtobufPayload)
	case *conformance.ConformanceRequestPayloadJSONPayload:
		err = options.Unmarshal([]byte(payload.JSONPayload), m)
	case *conformance.ConformanceRequestPayloadTextPayload:
		err = text.Unmarshal([]byte(payload.TextPayload), m)
	default:
		response.Result = &conformance.ConformanceResponseResultSkipped{Skipped: "the payload is none of binary, JSON and text"}
		return response
	}
	if err != nil {
		response.Result = &conformance.ConformanceResponseResultParseError{ParseError: err.Error()}
		return response
	}
	var data []byte
	switch request.RequestedOutputFormat {
	case conformance.WireFormatProtobuf:
		data, err = m.MarshalBinary()
		response.Result = &conformance.ConformanceResponseResultProtobufPayload{ProtobufPayload: data}
	case conformance.WireFormatJSON:
		data, err = options.Marshal(m)
		response.Result = &conformance.ConformanceResponseResultJSONPayload{JSONPayload: string(data)}
	case conformance.WireFormatTextFormat:
		data, err = text.Marshal(m)
		response.Result = &conformance.ConformanceResponseResultTextPayload{TextPayload: string(data)}
	default:
		err = errors.New("the format is none of binary, JSON and text")
	}
	if err != nil {
		response.Result = &conformance.ConformanceResponseResultSerializeError{SerializeError: err.Error()}
	}
	return response
}
