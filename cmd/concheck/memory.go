package main

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// memoryLimit is what one package may cost before its analysis is given up.
// The analysis is bounded by counts and stays far below; this is for the sake
// of the machine, on which several packages are analysed at once, should a
// bound be wrong.
var memoryLimit uint64 = 4 << 30

// watchMemory ends the process with an error when it needs more memory than
// that. The go command then reports the package as failed, so that nothing is
// silently missing.
func watchMemory(limit uint64) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	go func() {
		for range time.Tick(100 * time.Millisecond) {
			metrics.Read(sample)
			if used := sample[0].Value.Uint64(); used > limit {
				fmt.Fprintf(os.Stderr, "concheck: given up: the analysis of this package needs more than %d MB\n", limit>>20)
				os.Exit(1)
			}
		}
	}()
}

// What the heap of a process that analyses one package may grow to: most are done
// before the first collection would have paid. With those that are not the
// collector gets busier towards heapAim, but never busier than minRoom has it:
// what lives may be more than the aim.
const (
	freeHeap = 160 << 20 // nothing is collected below
	heapAim  = 240 << 20

	// Room to allocate between two collections, in percent of what lives.
	minRoom = 70
	maxRoom = 200
)

// collectLate puts the first garbage collection off.
func collectLate() {
	debug.SetMemoryLimit(freeHeap)
	debug.SetGCPercent(-1)
	afterCollection(func() {
		debug.SetMemoryLimit(math.MaxInt64)
		pace()
	})
}

// pace sets when the next collection is due, after this one and after each that follows.
func pace() {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	debug.SetGCPercent(room(sample[0].Value.Uint64()))
	afterCollection(pace)
}

// room is what may be allocated before the next collection, in percent of what lives.
func room(live uint64) int {
	if live >= heapAim {
		return minRoom
	}
	return int(min(max((heapAim-live)*100/max(live, 1), minRoom), maxRoom))
}

// afterCollection calls f once, when the next garbage collection is over.
func afterCollection(f func()) {
	runtime.AddCleanup(&struct{ p *byte }{}, func(int) { f() }, 0)
}
