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
	child := End{Kind: Stuck, Goroutine: 1, Pos: 3}
	for _, tt := range []struct {
		name  string
		text  string
		steps []Step
		end   End
		want  Answer
	}{
		{"the caller returns at once", givesUp, nil, child, Confirmed},
		{"the caller takes the other case", givesUp, []Step{{Goroutine: 0, Op: skeleton.Select, Case: 1, Partner: -1}}, child, Confirmed},
		{"the value is received", givesUp, []Step{{Goroutine: 1, Op: skeleton.Send, Case: 0, Partner: 0}}, child, Refuted},
		{"the wrong operation", givesUp, []Step{{Goroutine: 1, Op: skeleton.Recv, Case: 0, Partner: -1}}, child, Refuted},
		{"the wrong place", givesUp, nil, End{Kind: Stuck, Goroutine: 1, Pos: 4}, Refuted},
		{"the wrong goroutine", givesUp, nil, End{Kind: Stuck, Goroutine: 0, Pos: 3}, Refuted},
		{"a case that is not ready", givesUp, []Step{{Goroutine: 0, Op: skeleton.Select, Case: 0, Partner: -1}}, child, Refuted},
		{"no panic there", givesUp, nil, End{Kind: SendClosed, Goroutine: 1, Pos: 3}, Refuted},
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
			}`, []Step{{Goroutine: 1, Op: skeleton.Close, Case: 0, Partner: -1}, {Goroutine: 0, Op: skeleton.Close, Case: 0, Partner: -1}}, End{Kind: CloseClosed, Goroutine: 0, Pos: 1}, Confirmed},
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
			}`, []Step{{Goroutine: 0, Op: skeleton.Lock, Case: 0, Partner: -1}, {Goroutine: 1, Op: skeleton.Lock, Case: 0, Partner: -1}}, End{Kind: Stuck, Goroutine: 1, Pos: 2}, Confirmed},
		{"an unknown channel closed twice", `
			func f (ch:p) {
			b0:
				close %0 @1
				close %0 @2
				return
			}`, []Step{{Goroutine: 0, Op: skeleton.Close, Case: 0, Partner: -1}, {Goroutine: 0, Op: skeleton.Close, Case: 0, Partner: -1}}, End{Kind: CloseClosed, Goroutine: 0, Pos: 2}, Confirmed},
		{"a key that may be one that is there", `
			func f (k:i) {
			b0:
				%1 = makemap
				%2 = makechan/i 0
				mapset/p %1 3 %2
				%3 = mapget/p %1 %0
				%4 = elem #0 #1 %3
				%5 = elem #1 #1 %3
				branch %5 ->b1,b2
			b1:
				send %4 0 @1
				return
			b2:
				return
			}`, nil, End{Kind: Stuck, Goroutine: 0, Pos: 1}, Confirmed},
		{"one more than an unknown length", `
			func f (list:p) {
			b0:
				%1 = makechan/i 0
				%2 = alloc/i
				%3 = slice/i #1 #1 %2 nil nil
				%4 = append/i %0 %3
				%5 = len %4
				%6 = bin :lt %5 1
				branch %6 ->b1,b2
			b1:
				send %1 0 @1
				return
			b2:
				return
			}`, nil, End{Kind: Stuck, Goroutine: 0, Pos: 1}, Refuted},
		{"a channel that what others have leads to", `
			func f (all:p) {
			b0:
				%1 = makemap
				store/p %0 %1
				%2 = makechan/i 0
				mapset/p %1 3 %2
				send %2 0 @1
				return
			}`, nil, End{Kind: Stuck, Goroutine: 0, Pos: 1}, Unrefuted},
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
			}`, nil, End{Kind: Stuck, Goroutine: 1, Pos: 1}, Refuted},
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
