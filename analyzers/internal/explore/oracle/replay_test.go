package oracle

import (
	"testing"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// A caller that gives up when the environment says so, and a child that sends.
const givesUp = `
func f (done:p err:b) {
b0:
	%2 = makechan/i 0
	%3 = closure &f$1 %2
	spawn %3
	branch %1 ->b1,b2
b1:
	return
b2:
	%4 = select/i | recv/i %2 @1 | recv/i %0 @2
	return
}
func f$1 () free (ch:p) {
b0:
	send %0 7 @3
	return
}`

func TestReplay(t *testing.T) {
	child := End{Stuck, 1, 3}
	for _, tt := range []struct {
		name  string
		text  string
		steps []Step
		end   End
		want  Answer
	}{
		{"the caller returns at once", givesUp, nil, child, Confirmed},
		{"the caller takes the other case", givesUp, []Step{{0, skeleton.Select, 1, -1}}, child, Confirmed},
		{"the value is received", givesUp, []Step{{1, skeleton.Send, 0, 0}}, child, Refuted},
		{"the wrong operation", givesUp, []Step{{1, skeleton.Recv, 0, -1}}, child, Refuted},
		{"the wrong place", givesUp, nil, End{Stuck, 1, 4}, Refuted},
		{"the wrong goroutine", givesUp, nil, End{Stuck, 2, 3}, Refuted},
		{"a case that is not ready", givesUp, []Step{{0, skeleton.Select, 0, -1}}, child, Refuted},
		{"no panic there", givesUp, nil, End{SendClosed, 1, 3}, Refuted},
		{"a panic", `
			func f () {
			b0:
				%0 = makechan/i 0
				spawn &g %0
				close %0 @1
				return
			}
			func g (ch:p) {
			b0:
				close %0 @2
				return
			}`, []Step{{1, skeleton.Close, 0, -1}, {0, skeleton.Close, 0, -1}}, End{CloseClosed, 0, 1}, Confirmed},
		{"an unlock that is left out", `
			func f () {
			b0:
				%0 = alloc/m
				lock %0
				spawn &g %0
				unlock %0
				return
			}
			func g (mu:p) {
			b0:
				lock %0 @1
				lock %0 @2
				return
			}`, []Step{{0, skeleton.Lock, 0, -1}, {1, skeleton.Lock, 0, -1}}, End{Stuck, 1, 2}, Confirmed},
		{"help that comes later", `
			func f () {
			b0:
				%0 = makechan/i 0
				spawn &g %0
				yield %0
				%1 = recv/i %0
				return
			}
			func g (ch:p) {
			b0:
				send %0 1 @1
				return
			}`, nil, End{Stuck, 1, 1}, Refuted},
	} {
		t.Run(tt.name, func(t *testing.T) {
			prog, err := skeleton.Parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if got, why := Replay(prog, Root{Func: "f"}, tt.steps, tt.end); got != tt.want {
				t.Errorf("%s (%s), want %s", got, why, tt.want)
			}
		})
	}
}
