package library_test

// behaviours are programs whose findings tell what a model does. want lists
// them, separated by semicolons; an empty want means that nothing may be said.
var behaviours = []struct{ name, want, text string }{
	{"a goroutine waits for a context that is cancelled", "", `
func main () {
b0:
	%0 = call/p &context.Background
	%1 = call/pp &context.WithCancel %0
	%2 = elem #0 #1 %1
	%3 = elem #1 #1 %1
	spawn &waiter %2
	call %3
	return
}` + waiter},
	{"a goroutine waits for a context whose cancel is lost", "stuck recv in waiter at 7", `
func main () {
b0:
	%0 = call/p &context.Background
	%1 = call/pp &context.WithCancel %0
	%2 = elem #0 #1 %1
	spawn &waiter %2
	return
}` + waiter},
	{"cancelling the parent cancels what derives from it, values and all", "", `
func main () {
b0:
	%0 = call/p &context.Background
	%1 = call/pp &context.WithCancel %0
	%2 = elem #0 #1 %1
	%3 = elem #1 #1 %1
	%4 = call/p &context.WithValue %2 "k" "v"
	%5 = call/pp &context.WithCancel %4
	%6 = elem #0 #1 %5
	spawn &waiter %6
	call %3
	return
}` + waiter},
	{"without cancel a context is never done", "stuck recv in waiter at 7", `
func main () {
b0:
	%0 = call/p &context.Background
	%1 = call/pp &context.WithCancel %0
	%2 = elem #0 #1 %1
	%3 = elem #1 #1 %1
	%4 = call/p &context.WithoutCancel %2
	spawn &waiter %4
	call %3
	return
}` + waiter},
	{"a deadline passes", "", `
func main () {
b0:
	%0 = call/p &context.TODO
	%1 = call/pp &context.WithTimeout %0 5
	%2 = elem #0 #1 %1
	spawn &waiter %2
	return
}` + waiter},
	{"the environment may cancel its own context", "", `
func main (ctx:p) {
b0:
	%1 = call/pp &context.WithCancel %0
	%2 = elem #0 #1 %1
	spawn &waiter %2
	return
}` + waiter},
	{"Err tells whether the context is done", "stuck recv in main at 9", `
func main () {
b0:
	%0 = call/p &context.Background
	%1 = call/pp &context.WithCancel %0
	%2 = elem #0 #1 %1
	%3 = elem #1 #1 %1
	%4 = call/p .Err %2
	%5 = bin :eq %4 nil
	branch %5 ->b1,b2
b1:
	call %3
	%6 = call/p .Err %2
	%7 = bin :eq %6 nil
	branch %7 ->b2,b3
b2:
	recv/o nil name="first" @8
	return
b3:
	recv/o nil name="second" @9
	return
}`},
	{"a value is found by its key", "stuck recv in main at 9", `
func main () {
b0:
	%0 = call/p &context.Background
	%1 = call/p &context.WithValue %0 "k" 7
	%2 = call/p &context.WithValue %1 "other" 8
	%3 = call/p .Value %2 "k"
	%4 = bin :eq %3 7
	branch %4 ->b2,b1
b1:
	recv/o nil @8
	return
b2:
	%5 = call/p .Value %2 "none"
	%6 = bin :eq %5 nil
	branch %6 ->b3,b1
b3:
	recv/o nil @9
	return
}`},
	{"AfterFunc runs when the context is done", "", `
func main () {
b0:
	%0 = call/p &context.Background
	%1 = call/pp &context.WithCancel %0
	%2 = elem #0 #1 %1
	%3 = elem #1 #1 %1
	%4 = makechan/o 0 name="done"
	%5 = closure &closer %4
	%6 = call/p &context.AfterFunc %2 %5
	call %3
	recv/o %4 @9
	return
}` + closer},
	{"AfterFunc does not run once stopped", "stuck recv in main at 9", `
func main () {
b0:
	%0 = call/p &context.Background
	%1 = call/pp &context.WithCancel %0
	%2 = elem #0 #1 %1
	%3 = elem #1 #1 %1
	%4 = makechan/o 0 name="done"
	%5 = closure &closer %4
	%6 = call/p &context.AfterFunc %2 %5
	call/b %6
	call %3
	recv/o %4 @9
	return
}` + closer},
	{"AfterFunc of a context that is never done is no leak", "", `
func main () {
b0:
	%0 = call/p &context.Background
	%1 = call/pp &context.WithCancel %0
	%2 = elem #0 #1 %1
	%4 = makechan/o 0 name="done"
	%5 = closure &closer %4
	%6 = call/p &context.AfterFunc %2 %5
	return
}` + closer},

	{"a timer fires", "", `
func main () {
b0:
	%0 = call/p &time.NewTimer 5
	%1 = load/p %0
	recv/o %1 @9
	return
}`},
	{"after Stop nothing comes, unless Stop came too late", "stuck recv in main at 9", `
func main () {
b0:
	%0 = call/p &time.NewTimer 5
	%1 = load/p %0
	%2 = call/b &(*time.Timer).Stop %0
	branch %2 ->b1,b2
b1:
	recv/o %1 @9
	return
b2:
	recv/o %1 @10
	return
}`},
	{"Reset arms a stopped timer", "", `
func main () {
b0:
	%0 = call/p &time.NewTimer 5
	%1 = load/p %0
	call/b &(*time.Timer).Stop %0
	call/b &(*time.Timer).Reset %0 5
	recv/o %1 @9
	return
}`},
	{"a stopped ticker is silent", "stuck recv in main at 9", `
func main () {
b0:
	%0 = call/p &time.NewTicker 5
	%1 = load/p %0
	recv/o %1 @8
	call &(*time.Ticker).Stop %0
	recv/o %1 @9
	return
}`},
	{"AfterFunc fires", "", `
func main () {
b0:
	%0 = makechan/o 0 name="done"
	%1 = closure &closer %0
	call/p &time.AfterFunc 5 %1
	recv/o %0 @9
	return
}` + closer},
	{"a stopped AfterFunc does not, and Stop knows", "stuck recv in main at 9", `
func main () {
b0:
	%0 = makechan/o 0 name="done"
	%1 = closure &closer %0
	%2 = call/p &time.AfterFunc 5 %1
	%3 = call/b &(*time.Timer).Stop %2
	branch %3 ->b1,b2
b1:
	recv/o %0 @9
	return
b2:
	recv/o %0 @10
	return
}` + closer},
	{"Reset runs the function again", "", `
func main () {
b0:
	%0 = makechan/o 0 name="done"
	%1 = closure &sender %0
	%2 = call/p &time.AfterFunc 5 %1
	recv/o %0 @8
	call/b &(*time.Timer).Reset %2 5
	recv/o %0 @9
	return
}` + sender},
	{"AfterFunc runs once", "stuck recv in main at 9", `
func main () {
b0:
	%0 = makechan/o 0 name="done"
	%1 = closure &sender %0
	%2 = call/p &time.AfterFunc 5 %1
	recv/o %0 @8
	recv/o %0 @9
	return
}` + sender},

	{"Once runs once", "stuck recv in main at 9", `
func main () {
b0:
	%0 = alloc/mb
	%1 = makechan/o 2 name="done"
	%2 = closure &sender %1
	call &(*sync.Once).Do %0 %2
	call &(*sync.Once).Do %0 %2
	recv/o %1 @8
	recv/o %1 @9
	return
}` + sender},
	{"Once that reaches itself", "stuck lock in again at 6", `
func main () {
b0:
	%0 = alloc/mb
	%1 = closure &again %0
	call &(*sync.Once).Do %0 %1 @5
	return
}
func again () free (o:p) {
b0:
	%1 = closure &again %0
	call &(*sync.Once).Do %0 %1 name="once" @6
	return
}`},
	{"OnceValue gives the same to all", "stuck recv in main at 9", `
func main () {
b0:
	%0 = call/p &sync.OnceValue &make
	%1 = call/p %0
	%2 = call/p %0
	%3 = bin :eq %1 %2
	branch %3 ->b2,b1
b1:
	recv/o nil @8
	return
b2:
	recv/o %1 @9
	return
}
func make () -> p {
b0:
	%0 = makechan/o 0
	return %0
}`},
	{"Cond with a signal under the lock", "", cond("signal")},
	{"Cond with a broadcast under the lock", "", cond("broadcast")},
	{"Cond that nobody signals", "stuck condpark in main at 9", cond("")},
	{"wg.Go counts and waits", "", `
func main () {
b0:
	%0 = alloc/w
	%1 = makechan/o 1
	%2 = closure &sender %1
	call &(*sync.WaitGroup).Go %0 %2
	call &(*sync.WaitGroup).Wait %0
	recv/o %1 @9
	return
}` + sender},
	{"TryLock does not wait", "stuck recv in main at 9", `
func main () {
b0:
	%0 = alloc/m
	call &(*sync.Mutex).Lock %0
	%1 = call/b &(*sync.Mutex).TryLock %0
	branch %1 ->b1,b2
b1:
	recv/o nil @8
	return
b2:
	recv/o nil @9
	return
}`},
	{"a pool makes what it has not got", "stuck recv in main at 9", `
func main () {
b0:
	%0 = alloc/p
	store/p %0 &make
	%1 = call/p &(*sync.Pool).Get %0
	recv/o %1 @9
	return
}
func make () -> p {
b0:
	%0 = makechan/o 0
	return %0
}`},
	{"a map keeps what is stored", "stuck recv in main at 9", `
func main () {
b0:
	%0 = alloc/p
	%1 = makechan/o 0
	call &(*sync.Map).Store %0 "k" %1
	%2 = call/pb &(*sync.Map).LoadOrStore %0 "k" nil
	%3 = elem #0 #1 %2
	%4 = elem #1 #1 %2
	branch %4 ->b2,b1
b1:
	recv/o nil @8
	return
b2:
	recv/o %3 @9
	return
}`},
	{"Range visits each entry", "", `
func main () {
b0:
	%0 = alloc/p
	%1 = makechan/o 0
	spawn &waitFor %1
	call &(*sync.Map).Store %0 "k" %1
	call &(*sync.Map).Range %0 &closeValue
	return
}
func waitFor (c:p) {
b0:
	recv/o %0 @9
	return
}
func closeValue (k:p v:p) -> b {
b0:
	close %1
	return true
}`},
	{"a swap has one winner", "", `
func main () {
b0:
	%0 = alloc/b
	%1 = makechan/o 0
	spawn &win %0 %1
	spawn &win %0 %1
	recv/o %1 @9
	return
}
func win (flag:p c:p) {
b0:
	%2 = call/b &(*sync/atomic.Bool).CompareAndSwap %0 false true
	branch %2 ->b1,b2
b1:
	close %1
	return
b2:
	return
}`},
	{"load and store instead of a swap let both win", "close of closed close in win at 7", `
func main () {
b0:
	%0 = alloc/b
	%1 = makechan/o 0
	spawn &win %0 %1
	spawn &win %0 %1
	return
}
func win (flag:p c:p) {
b0:
	%2 = call/b &(*sync/atomic.Bool).Load %0
	branch %2 ->b2,b1
b1:
	call &(*sync/atomic.Bool).Store %0 true
	close %1 @7
	return
b2:
	return
}`},

	{"errgroup waits for its goroutines and cancels", "", groupWithContext("%0")},
	{"without an error nobody cancels before Wait returns", "stuck recv in untilDone at 7", groupWithContext("nil")},
	{"a goroutine of a full group starts another", "stuck send in outer at 6", `
func main () {
b0:
	%0 = alloc/pwppb
	call &(*golang.org/x/sync/errgroup.Group).SetLimit %0 1
	%1 = closure &outer %0
	call &(*golang.org/x/sync/errgroup.Group).Go %0 %1
	call/p &(*golang.org/x/sync/errgroup.Group).Wait %0 @9
	return
}
func outer () free (g:p) -> p {
b0:
	call &(*golang.org/x/sync/errgroup.Group).Go %0 &inner @6
	return nil
}
func inner () -> p {
b0:
	return nil
}`},
	{"with TryGo it does not wait", "", `
func main () {
b0:
	%0 = alloc/pwppb
	call &(*golang.org/x/sync/errgroup.Group).SetLimit %0 1
	%1 = closure &outer %0
	call &(*golang.org/x/sync/errgroup.Group).Go %0 %1
	call/p &(*golang.org/x/sync/errgroup.Group).Wait %0 @9
	return
}
func outer () free (g:p) -> p {
b0:
	call/b &(*golang.org/x/sync/errgroup.Group).TryGo %0 &inner @6
	return nil
}
func inner () -> p {
b0:
	return nil
}`},
	{"a semaphore has room again after Release", "", semaphore("call &(*golang.org/x/sync/semaphore.Weighted).Release %0 2")},
	{"a semaphore that nobody releases", "stuck select in worker at 7", semaphore("")},
	{"singleflight shares one call", "", `
func main () {
b0:
	%0 = alloc/p
	spawn &user %0
	spawn &user %0
	return
}
func user (g:p) {
b0:
	call/ppb &(*golang.org/x/sync/singleflight.Group).Do %0 "key" &work @7
	return
}
func work () -> p p {
b0:
	yield nil
	return nil nil
}`},
	{"singleflight that reaches its own key", "stuck wgwait in again at 7", `
func main () {
b0:
	%0 = alloc/p
	%1 = closure &again %0
	call/ppb &(*golang.org/x/sync/singleflight.Group).Do %0 "key" %1 @5
	return
}
func again () free (g:p) -> p p {
b0:
	call/ppb &(*golang.org/x/sync/singleflight.Group).Do %0 "key" &none @7
	return nil nil
}
func none () -> p p {
b0:
	return nil nil
}`},
	{"the answer of DoChan is buffered", "", `
func main () {
b0:
	%0 = alloc/p
	%1 = call/p &(*golang.org/x/sync/singleflight.Group).DoChan %0 "key" &work @7
	return
}
func work () -> p p {
b0:
	return nil nil
}`},
	{"signals come until Stop", "stuck recv in main at 9", `
func main () {
b0:
	%0 = makechan/o 1
	call &os/signal.Notify %0 nil
	recv/o %0 @8
	call &os/signal.Stop %0
	recv/o %0 @9
	return
}`},

	{"a sequence that is stopped", "", pull("call %3")},
	{"a sequence that is neither stopped nor run to its end", "stuck recv in seq at 7", pull("")},
	{"a sequence that is run to its end", "", pull("call/pb %2\n\tcall/pb %2")},

	{"a pipe that is closed by its writer", "", pipe("call/p &(*io.PipeWriter).Close %1", "call/pp &io.ReadAll %1")},
	{"a pipe whose writer forgets to close", "stuck select in main at 9", `
func main () {
b0:
	%0 = call/pp &io.Pipe
	%1 = elem #0 #1 %0
	%2 = iface :*io.PipeReader %1
	call/pp &io.ReadAll %2 @9
	return
}`},
	{"a pipe whose reader gives up", "stuck select in writer at 7", pipe("", "")},
	{"a pipe whose reader closes", "", pipe("", "call/p &(*io.PipeReader).Close %2")},

	{"a subtest that fails ends alone", "", `
func main () {
b0:
	call &library.testing.Test &test
	return
}
func test (t:p) {
b0:
	%1 = makechan/o 1
	%2 = closure &sub %1
	call/b &(*testing.T).Run %0 "sub" %2 @6
	recv/o %1 @9
	return
}
func sub (t:p) free (c:p) {
b0:
	defer &finish %1
	call &(*testing.common).Fatal %0 nil
	recv/o nil @7
	return
}
func finish (c:p) {
b0:
	send %0 1
	return
}`},
	{"parallel subtests run after the test's own function", "stuck recv in test at 9", `
func main () {
b0:
	call &library.testing.Test &test
	return
}
func test (t:p) {
b0:
	%1 = makechan/o 0
	%2 = closure &sub %1
	call/b &(*testing.T).Run %0 "sub" %2 @6
	recv/o %1 @9
	return
}
func sub (t:p) free (c:p) {
b0:
	call &(*testing.T).Parallel %0 @7
	send %1 1 @8
	return
}`},
	{"Cleanup runs after parallel subtests", "", `
func main () {
b0:
	call &library.testing.Test &test
	return
}
func test (t:p) {
b0:
	%1 = makechan/o 0
	%2 = closure &sub %1
	call/b &(*testing.T).Run %0 "sub" %2 @6
	%3 = closure &drain %1
	call &(*testing.common).Cleanup %0 %3
	return
}
func sub (t:p) free (c:p) {
b0:
	call &(*testing.T).Parallel %0 @7
	close %1 @8
	return
}
func drain () free (c:p) {
b0:
	recv/o %0 @10
	return
}`},
	{"the test's context ends before Cleanup", "", `
func main () {
b0:
	call &library.testing.Test &test
	return
}
func test (t:p) {
b0:
	%1 = call/p &(*testing.common).Context %0
	%2 = makechan/o 0
	spawn &worker %1 %2
	%3 = closure &drain %2
	call &(*testing.common).Cleanup %0 %3
	return
}
func worker (ctx:p c:p) {
b0:
	%2 = call/p .Done %0
	recv/o %2 @7
	close %1
	return
}
func drain () free (c:p) {
b0:
	recv/o %0 @10
	return
}`},
	{"an unbuffered done channel makes rpc panic", "", `
func main (client:p) {
b0:
	%1 = makechan/p 0
	call/p &(*net/rpc.Client).Go %0 "m" nil nil %1
	recv/o nil @9
	return
}`},
	{"an rpc is answered", "", `
func main (client:p) {
b0:
	%1 = call/p &(*net/rpc.Client).Go %0 "m" nil nil nil
	%2 = field #4 %1
	%3 = load/p %2
	recv/p %3 @9
	return
}`},
	{"callbacks run at once", "", `
func main () {
b0:
	%0 = makechan/o 0
	%1 = closure &spawnWaiter %0
	%2 = makeslice/i 2 2
	call/b &slices.ContainsFunc %2 %1
	close %0
	return
}
func spawnWaiter (x:i) free (c:p) -> b {
b0:
	spawn &wait %1
	return false
}
func wait (c:p) {
b0:
	recv/o %0 @9
	return
}`},
	{"Values yields each element", "", `
func main () {
b0:
	%0 = makechan/o 0
	spawn &wait %0
	%1 = makeslice/p 1 1
	%2 = sliceat/p %1 0
	store/p %2 %0
	%3 = call/p &slices.Values %1
	call %3 &closeIt
	return
}
func closeIt (c:p) -> b {
b0:
	close %0
	return true
}
func wait (c:p) {
b0:
	recv/o %0 @9
	return
}`},
	{"Sleep lets a flag be set", "", `
func main () {
b0:
	%0 = alloc/b
	spawn &set %0
	jump ->b1
b1:
	%1 = load/b %0
	branch %1 ->b3,b2
b2:
	call &time.Sleep 5
	jump ->b1
b3:
	return
}
func set (x:p) {
b0:
	store/b %0 true
	return
}`},
}

const waiter = `
func waiter (ctx:p) {
b0:
	%1 = call/p .Done %0
	recv/o %1 name="ctx.Done()" @7
	return
}`

const closer = `
func closer () free (c:p) {
b0:
	close %0
	return
}`

const sender = `
func sender () free (c:p) {
b0:
	send %0 1 @7
	return
}`

// cond waits in main for a flag that setter sets, and wakes it with op.
func cond(op string) string {
	if op != "" {
		op = "%3 = field #1 %1\n\t" + op + " %3"
	}
	return `
func main () {
b0:
	%0 = alloc/m
	%1 = iface :*sync.Mutex %0
	%2 = call/p &sync.NewCond %1
	%3 = alloc/b
	spawn &setter %0 %2 %3
	call &(*sync.Mutex).Lock %0
	jump ->b1
b1:
	%4 = load/b %3
	branch %4 ->b3,b2
b2:
	call &(*sync.Cond).Wait %2 @9
	jump ->b1
b3:
	call &(*sync.Mutex).Unlock %0
	return
}
func setter (mu:p c:p flag:p) {
b0:
	call &(*sync.Mutex).Lock %0
	store/b %2 true
	` + op + `
	call &(*sync.Mutex).Unlock %0
	return
}`
}

// groupWithContext starts a goroutine that returns result (%0 is an error) and
// one that waits for the group's context.
func groupWithContext(result string) string {
	return `
func main () {
b0:
	%0 = call/p &context.Background
	%1 = call/pp &golang.org/x/sync/errgroup.WithContext %0
	%2 = elem #0 #1 %1
	%3 = elem #1 #1 %1
	%5 = closure &untilDone %3
	call &(*golang.org/x/sync/errgroup.Group).Go %2 &other
	call &(*golang.org/x/sync/errgroup.Group).Go %2 %5
	call/p &(*golang.org/x/sync/errgroup.Group).Wait %2 @9
	return
}
func other () -> p {
b0:
	%0 = iface :e "failed"
	return ` + result + `
}
func untilDone () free (ctx:p) -> p {
b0:
	%1 = call/p .Done %0
	recv/o %1 @7
	return nil
}`
}

// semaphore takes all of a semaphore of two, starts a worker that takes one,
// and then does what is given.
func semaphore(then string) string {
	return `
func main () {
b0:
	%0 = call/p &golang.org/x/sync/semaphore.NewWeighted 2
	%1 = call/p &context.Background
	call/p &(*golang.org/x/sync/semaphore.Weighted).Acquire %0 %1 2
	spawn &worker %0 %1
	` + then + `
	return
}
func worker (s:p ctx:p) {
b0:
	call/p &(*golang.org/x/sync/semaphore.Weighted).Acquire %0 %1 1 @7
	call &(*golang.org/x/sync/semaphore.Weighted).Release %0 1
	return
}`
}

// pull takes the first of two values of a sequence (next is %2, stop %3) and
// then does what is given.
func pull(then string) string {
	return `
func main () {
b0:
	%1 = call/pp &iter.Pull &seq
	%2 = elem #0 #1 %1
	%3 = elem #1 #1 %1
	call/pb %2
	` + then + `
	return
}
func seq (yield:p) {
b0:
	%1 = call/b %0 1 @7
	branch %1 ->b1,b2
b1:
	call/b %0 2 @8
	return
b2:
	return
}`
}

// pipe writes two pieces in a goroutine, and reads one; then the writer (%1)
// and the reader (%2, and %1 as an interface) do what is given.
func pipe(writer, reader string) string {
	return `
func main () {
b0:
	%0 = call/pp &io.Pipe
	%2 = elem #0 #1 %0
	%3 = elem #1 #1 %0
	spawn &writer %3
	%1 = iface :*io.PipeReader %2
	%4 = sym/p
	call/ip &(*io.PipeReader).Read %2 %4
	` + reader + `
	return
}
func writer (w:p) {
b0:
	%1 = copy %0
	%2 = sym/p
	call/ip &(*io.PipeWriter).Write %0 %2
	call/ip &(*io.PipeWriter).Write %0 %2 @7
	` + writer + `
	return
}`
}
