// The command runs random programs under the Go runtime and prints what it
// sees. Its package is completed by the programs and a table of them.
package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// main runs programs FROM up to TO, each RUNS times.
func main() {
	from, to, runs := number(1), number(2), number(3)
	known := map[string]bool{}
	for i := from; i < to; i++ {
		fmt.Println("start", i)
		for range runs {
			run(i, known)
		}
	}
}

func number(i int) int {
	n, err := strconv.Atoi(os.Args[i])
	if err != nil {
		panic(err)
	}
	return n
}

// hooks are what a running program calls.
type hooks struct {
	over    atomic.Bool
	mu      sync.Mutex
	crashed string
}

// yield lets others run, at random.
func (h *hooks) yield() {
	if h.over.Load() {
		select {}
	}
	switch n := rand.IntN(10); {
	case n < 5:
	case n < 9:
		runtime.Gosched()
	default:
		time.Sleep(time.Duration(rand.IntN(30)) * time.Microsecond)
	}
}

// catch keeps a panic from ending the process: the first one is the run's result.
func (h *hooks) catch() {
	r := recover()
	if r == nil {
		return
	}
	pcs := make([]uintptr, 50)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs)])
	line := 0
	for {
		f, more := frames.Next()
		if filepath.Base(f.File) == "programs.go" {
			line = f.Line
			break
		}
		if !more {
			break
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.crashed == "" {
		h.crashed = fmt.Sprintf("panic %d %v", line, r)
	}
	h.over.Store(true)
}

// run runs a program until nothing in it moves, or it crashes. The goroutines
// in known are left from earlier runs.
func run(i int, known map[string]bool) {
	h := &hooks{}
	go func() {
		defer h.catch()
		programs[i](h)
	}()
	for range 3000 {
		time.Sleep(20 * time.Microsecond)
		stuck, quiet := snapshot(known)
		h.mu.Lock()
		crashed := h.crashed
		h.mu.Unlock()
		if crashed != "" {
			fmt.Println(crashed)
			break
		}
		if !quiet {
			continue
		}
		for id, line := range stuck {
			known[id] = true
			fmt.Println("stuck", line)
		}
		return
	}
	// What is left over of a crash or an endless loop comes to rest in yield. It
	// must, however busy the machine is: a later run would be blamed for it.
	h.over.Store(true)
	for range 100_000 {
		time.Sleep(50 * time.Microsecond)
		if stuck, quiet := snapshot(known); quiet {
			for id := range stuck {
				known[id] = true
			}
			return
		}
	}
	panic("what is left over of a run does not come to rest")
}

// blocked are the states of goroutines that only another goroutine can end.
// In "semacquire" one waits for the runtime, as for the end of this snapshot if
// it is about to start a garbage collection.
var blocked = []string{"chan send", "chan receive", "select", "sync."}

// snapshot gives the goroutines of programs, but for known ones, with the line
// at which each stands. Quiet tells that all of them are blocked: since they
// have nobody but each other, they are for ever.
func snapshot(known map[string]bool) (stuck map[string]int, quiet bool) {
	buf := make([]byte, 1<<16)
	n := runtime.Stack(buf, true)
	for n == len(buf) {
		buf = make([]byte, 2*len(buf))
		n = runtime.Stack(buf, true)
	}
	stuck = map[string]int{}
	for part := range strings.SplitSeq(string(buf[:n]), "\n\n") {
		id, rest, _ := strings.Cut(strings.TrimPrefix(part, "goroutine "), " ")
		if known[id] || strings.Contains(part, "\nmain.main()") {
			continue // of the others, one that has not begun to run may have no frame of a program yet
		}
		state, _, _ := strings.Cut(strings.TrimPrefix(rest, "["), "]")
		waits := false
		for _, b := range blocked {
			waits = waits || strings.HasPrefix(state, b)
		}
		if !waits {
			return nil, false
		}
		stuck[id] = lineOf(part)
	}
	return stuck, true
}

// lineOf is the line of the innermost frame in a program.
func lineOf(stack string) int {
	lines := bufio.NewScanner(strings.NewReader(stack))
	for lines.Scan() {
		if _, after, ok := strings.Cut(lines.Text(), "programs.go:"); ok {
			num, _, _ := strings.Cut(after, " ")
			n, err := strconv.Atoi(num)
			if err != nil {
				panic(err)
			}
			return n
		}
	}
	return 0
}
