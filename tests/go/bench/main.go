// Command bench compares generated code with google's runtime and with the code of vtprotobuf: the same messages, the
// same bytes. It prints a line for each operation and contestant: nanoseconds and allocations.
package main

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	official "xlc.test/bench/official"
	study "xlc.test/bench/ours/example.com/radiology/study/v1"
)

// rounds is how often each contestant has its turn, and jsonRounds how often with JSON, where nobody is near.
const (
	rounds     = 20
	jsonRounds = 5
)

// collections is how often the collector must have its own in each turn, but for those that write into a buffer. It has
// it more often where the machine has nothing else to do.
const collections = 1

// A contestant does an operation in one way.
type contestant struct {
	name string
	do   func() error
}

func main() {
	// The collector works on the clock of the process, so that its work is counted too, and always equally often.
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(100)
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
			if err := measure(size.name+"-"+operation.name, operation.times[size.name], operation); err != nil {
				fmt.Fprintln(os.Stderr, size.name, operation.name, err)
				os.Exit(1)
			}
		}
	}
}

// An operation is done by several contestants. How often it is done in a turn is fixed: often enough for several
// collections, so that no turn can do without the cost of what it throws away.
type operation struct {
	name        string
	times       map[string]int
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
		{"encode", map[string]int{"small": 60000, "large": 400}, []contestant{
			{"xlc", func() error { _, err := ours.MarshalBinary(); return err }},
			{"google", func() error { _, err := proto.Marshal(theirs); return err }},
			{"vtprotobuf", func() error { _, err := theirs.MarshalVT(); return err }},
		}},
		{"append", map[string]int{"small": 20000, "large": 100}, []contestant{
			{"xlc", func() error { _, err := ours.AppendBinary(buffer[:0]); return err }},
			{"google", func() error { _, err := proto.MarshalOptions{}.MarshalAppend(buffer[:0], theirs); return err }},
			{"vtprotobuf", func() error { _, err := theirs.MarshalToSizedBufferVT(buffer[:theirs.SizeVT()]); return err }},
		}},
		{"decode", map[string]int{"small": 40000, "large": 150}, []contestant{
			{"xlc", func() error { return new(study.Study).UnmarshalBinary(data) }},
			{"google", func() error { return proto.Unmarshal(data, new(official.Study)) }},
			{"vtprotobuf", func() error { return new(official.Study).UnmarshalVT(data) }},
		}},
		{"json-out", map[string]int{"small": 20000, "large": 60}, []contestant{
			{"xlc", func() error { _, err := ours.MarshalJSON(); return err }},
			{"google", func() error { _, err := protojson.Marshal(theirs); return err }},
		}},
		{"json-in", map[string]int{"small": 16000, "large": 40}, []contestant{
			{"xlc", func() error { return new(study.Study).UnmarshalJSON(text) }},
			{"google", func() error { return protojson.Unmarshal(text, new(official.Study)) }},
		}},
	}, nil
}

// measure lets the contestants take turns, so that a slow moment of the machine meets all of them, and prints the best
// turn of each.
func measure(name string, times int, of operation) error {
	contestants, rounds := of.contestants, rounds
	if strings.HasPrefix(of.name, "json") {
		rounds = jsonRounds
	}
	best := make([]float64, len(contestants))
	allocations := make([]float64, len(contestants))
	for round := 0; round < rounds; round++ {
		for k := range contestants {
			i := (k + round) % len(contestants)
			spent, objects, collected, err := run(contestants[i], times)
			if err == nil && of.name != "append" && collected < collections {
				err = fmt.Errorf("a turn of %d had %d collections", times, collected)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", contestants[i].name, err)
			}
			each := float64(spent) / float64(times)
			if round == 0 || each < best[i] {
				best[i] = each
			}
			allocations[i] = math.Round(float64(objects) / float64(times))
		}
	}
	for i, c := range contestants {
		fmt.Printf("%s\t%s\t%.1f\t%.0f\n", name, c.name, best[i], allocations[i])
	}
	return nil
}

// run does an operation n times, and tells the processor time, the allocations and the collections of all of them.
func run(c contestant, n int) (time.Duration, uint64, uint32, error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := clock()
	for i := 0; i < n; i++ {
		if err := c.do(); err != nil {
			return 0, 0, 0, err
		}
	}
	spent := clock() - start
	runtime.ReadMemStats(&after)
	return spent, after.Mallocs - before.Mallocs, after.NumGC - before.NumGC, nil
}

// clock is the processor time of all threads of the process so far.
func clock() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
