// Command bench compares generated code with google's runtime and with the code of vtprotobuf: the same messages, the
// same bytes. It prints a line for each operation and contestant: nanoseconds and allocations.
package main

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"syscall"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	official "xlc.test/bench/official"
	study "xlc.test/bench/ours/example.com/radiology/study/v1"
)

// rounds is how often each contestant has its turn, and turn how long that is.
const (
	rounds = 40
	turn   = 8 * time.Millisecond
)

// A contestant does an operation in one way.
type contestant struct {
	name string
	do   func() error
}

func main() {
	// The collector works on the clock of the process, so that its work is counted too.
	runtime.GOMAXPROCS(1)
	for _, size := range []struct {
		name  string
		build func() *study.Study
	}{{"small", small}, {"large", large}} {
		operations, err := operations(size.build)
		if err != nil {
			fmt.Fprintln(os.Stderr, size.name, err)
			os.Exit(1)
		}
		for _, operation := range operations {
			if err := measure(size.name+"-"+operation.name, operation.contestants); err != nil {
				fmt.Fprintln(os.Stderr, size.name, operation.name, err)
				os.Exit(1)
			}
		}
	}
}

// An operation is done by several contestants.
type operation struct {
	name        string
	contestants []contestant
}

func operations(build func() *study.Study) ([]operation, error) {
	ours, theirs := build(), new(official.Study)
	data, err := ours.MarshalBinary()
	if err != nil {
		return nil, err
	}
	if err := proto.Unmarshal(data, theirs); err != nil {
		return nil, err
	}
	// They write members of oneofs last, so the bytes are in another order.
	if n, vt := proto.Size(theirs), theirs.SizeVT(); n != len(data) || vt != n {
		return nil, fmt.Errorf("%d bytes, google has %d and vtprotobuf %d", len(data), n, vt)
	}
	text, err := ours.MarshalJSON()
	if err != nil {
		return nil, err
	}
	buffer := make([]byte, len(data))
	return []operation{
		{"encode", []contestant{
			{"xlc", func() error { _, err := ours.MarshalBinary(); return err }},
			{"google", func() error { _, err := proto.Marshal(theirs); return err }},
			{"vtprotobuf", func() error { _, err := theirs.MarshalVT(); return err }},
		}},
		{"append", []contestant{
			{"xlc", func() error { _, err := ours.AppendBinary(buffer[:0]); return err }},
			{"google", func() error { _, err := proto.MarshalOptions{}.MarshalAppend(buffer[:0], theirs); return err }},
			{"vtprotobuf", func() error { _, err := theirs.MarshalToSizedBufferVT(buffer[:theirs.SizeVT()]); return err }},
		}},
		{"decode", []contestant{
			{"xlc", func() error { return new(study.Study).UnmarshalBinary(data) }},
			{"google", func() error { return proto.Unmarshal(data, new(official.Study)) }},
			{"vtprotobuf", func() error { return new(official.Study).UnmarshalVT(data) }},
		}},
		{"json-out", []contestant{
			{"xlc", func() error { _, err := ours.MarshalJSON(); return err }},
			{"google", func() error { _, err := protojson.Marshal(theirs); return err }},
		}},
		{"json-in", []contestant{
			{"xlc", func() error { return new(study.Study).UnmarshalJSON(text) }},
			{"google", func() error { return protojson.Unmarshal(text, new(official.Study)) }},
		}},
	}, nil
}

// measure lets the contestants take turns, so that a slow moment of the machine meets all of them, and prints the best
// turn of each.
func measure(name string, contestants []contestant) error {
	times := make([]int, len(contestants))
	best := make([]float64, len(contestants))
	allocations := make([]float64, len(contestants))
	for i, c := range contestants {
		best[i] = math.Inf(1)
		for times[i] = 1; ; times[i] *= 2 {
			spent, _, err := run(c, times[i])
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			if spent >= turn {
				break
			}
		}
	}
	for round := 0; round < rounds; round++ {
		for k := range contestants {
			i := (k + round) % len(contestants)
			spent, objects, err := run(contestants[i], times[i])
			if err != nil {
				return err
			}
			best[i] = math.Min(best[i], float64(spent)/float64(times[i]))
			allocations[i] = math.Round(float64(objects) / float64(times[i]))
		}
	}
	for i, c := range contestants {
		fmt.Printf("%s\t%s\t%.1f\t%.0f\n", name, c.name, best[i], allocations[i])
	}
	return nil
}

// run does an operation n times, and tells the processor time and the allocations of all of them.
func run(c contestant, n int) (time.Duration, uint64, error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := clock()
	for i := 0; i < n; i++ {
		if err := c.do(); err != nil {
			return 0, 0, err
		}
	}
	spent := clock() - start
	runtime.ReadMemStats(&after)
	return spent, after.Mallocs - before.Mallocs, nil
}

// clock is the processor time of the process so far.
func clock() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
