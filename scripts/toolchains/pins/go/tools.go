//go:build tools

// Package tools names what the generated Go needs, so that `go mod tidy` keeps it in go.mod and go.sum.
package tools

import (
	_ "github.com/planetscale/vtprotobuf/cmd/protoc-gen-go-vtproto"
	_ "github.com/planetscale/vtprotobuf/protohelpers"
	_ "google.golang.org/grpc"
	_ "google.golang.org/grpc/cmd/protoc-gen-go-grpc"
	_ "google.golang.org/grpc/credentials/insecure"
	_ "google.golang.org/grpc/test/bufconn"
	_ "google.golang.org/protobuf/cmd/protoc-gen-go"
	_ "google.golang.org/protobuf/encoding/protojson"
	_ "google.golang.org/protobuf/proto"
	_ "honnef.co/go/tools/cmd/staticcheck"
)
