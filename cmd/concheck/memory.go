package main

import (
	"fmt"
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
// before the first collection would have paid, and with those that are not the
// collector gets ever busier towards heapAim.
const (
	freeHeap = 160 << 20 // nothing is collected below
	heapAim  = 240 << 20
)

// collectLate puts the first garbage collection off.
func collectLate() {
	debug.SetMemoryLimit(freeHeap)
	debug.SetGCPercent(-1)
	runtime.AddCleanup(&struct{ p *byte }{}, func(int) {
		// The first collection is over.
		debug.SetMemoryLimit(heapAim)
		debug.SetGCPercent(200)
	}, 0)
}
