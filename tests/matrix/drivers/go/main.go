// Command driver answers the matrix in generated Go. driver.py describes requests and answers; the test writes types.go.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"os"

	"xlc.test/matrix/xlc"
)

func main() {
	types := xlc.NewRegistry(lists...)
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

func answer(types *xlc.Registry, form byte, name string, data []byte) (answer []byte) {
	defer func() {
		if reason := recover(); reason != nil {
			answer = part(nil, 'x', []byte(fmt.Sprint(reason)))
		}
	}()
	options := xlc.JSON{Types: types}
	m := types.New(name)
	if m == nil {
		return part(nil, 'x', []byte("no type "+name))
	}
	var err error
	text := xlc.Prototext{Types: types}
	switch form {
	case 'j':
		err = options.Unmarshal(data, m)
	case 't':
		err = text.Unmarshal(data, m)
	default:
		err = m.UnmarshalBinary(data)
	}
	if err != nil {
		return part(nil, 'r', []byte(err.Error()))
	}
	written, err := m.MarshalBinary()
	answer = either(nil, 'b', written, err)
	if form == 'c' || form == 't' {
		written, err = text.Marshal(m)
		return either(answer, 't', written, err)
	}
	written, err = options.Marshal(m)
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
