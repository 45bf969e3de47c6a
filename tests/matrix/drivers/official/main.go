// Command official answers the matrix with google's runtime for Go and dynamic messages: official DESCRIPTOR_SET.
// driver.py describes requests and answers. Built with the tag protolegacy, which message sets need.
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io"
	"log"
	"os"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
)

func main() {
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var set descriptorpb.FileDescriptorSet
	if err := proto.Unmarshal(data, &set); err != nil {
		log.Fatal(err)
	}
	files, err := protodesc.NewFiles(&set)
	if err != nil {
		log.Fatal(err)
	}
	types := dynamicpb.NewTypes(files)
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	for {
		var length [4]byte
		if _, err := io.ReadFull(in, length[:]); err == io.EOF {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		request := make([]byte, binary.LittleEndian.Uint32(length[:]))
		if _, err := io.ReadFull(in, request); err != nil {
			log.Fatal(err)
		}
		end := 3 + int(binary.LittleEndian.Uint16(request[1:]))
		data := answer(types, request[0], string(request[3:end]), request[end:])
		binary.LittleEndian.PutUint32(length[:], uint32(len(data)))
		out.Write(append(length[:], data...))
		if err := out.Flush(); err != nil {
			log.Fatal(err)
		}
	}
}

func answer(types *dynamicpb.Types, form byte, name string, data []byte) []byte {
	t, err := types.FindMessageByName(protoreflect.FullName(name))
	if err != nil {
		log.Fatal(err)
	}
	m := t.New().Interface()
	switch form {
	case 't':
		err = prototext.UnmarshalOptions{Resolver: types}.Unmarshal(data, m)
	case 'j':
		err = protojson.UnmarshalOptions{Resolver: types, RecursionLimit: 100}.Unmarshal(data, m)
	default:
		err = proto.UnmarshalOptions{Resolver: types, RecursionLimit: 100}.Unmarshal(data, m)
	}
	if err != nil {
		return part(nil, 'r', []byte(err.Error()))
	}
	written, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	answer := either(nil, 'b', written, err)
	if form == 'c' || form == 't' {
		written, err = prototext.MarshalOptions{Resolver: types, AllowPartial: true}.Marshal(m)
		return either(answer, 't', written, err)
	}
	written, err = protojson.MarshalOptions{Resolver: types}.Marshal(m)
	if err == nil {
		// The runtime adds spaces that differ from build to build.
		var compact bytes.Buffer
		if err := json.Compact(&compact, written); err != nil {
			log.Fatal(err)
		}
		written = compact.Bytes()
	}
	return either(answer, 'j', written, err)
}

// either appends what was written, or why it was not, under the capital letter.
func either(answer []byte, letter byte, written []byte, err error) []byte {
	if err != nil {
		return part(answer, letter-'a'+'A', []byte(err.Error()))
	}
	return part(answer, letter, written)
}

func part(answer []byte, letter byte, data []byte) []byte {
	answer = binary.LittleEndian.AppendUint32(append(answer, letter), uint32(len(data)))
	return append(answer, data...)
}
