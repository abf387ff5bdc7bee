// Package skeleton is the language in which concheck explores code: small
// control-flow programs that hold what a function does to channels, locks and
// goroutines, and the data that decides it. Everything else is sliced away
// before. It is pure data: it knows neither go/ssa nor schedules.
//
// # Values
//
// A register holds nil, a bool, a small int, a string constant, a symbol (an
// unknown with an identity), a reference to a cell of an object, a function
// with its captured values, a slice, a map, an interface (a type tag and the
// value in it) or an aggregate (a tuple, or a struct or array by value).
//
// # Layouts
//
// Memory is cells. A type is a layout, one letter a cell; structs and small
// arrays are flattened into the cells of their parts, and a type without parts
// (struct{}) is one opaque cell. A value of more than one cell is a flat aggregate.
//
//	b  bool
//	i  int, any sign
//	u  int that cannot be negative (a length, an unsigned)
//	n  int that is at least 1 (a bare count in a root's parameter)
//	p  nilable: pointer, channel, function, slice, map, interface
//	o  opaque: string, float, anything only compared for equality
//	m  sync.Mutex    r  sync.RWMutex    w  sync.WaitGroup    c  the waiters of a sync.Cond
//
// # The environment
//
// What the program did not make belongs to the environment: parameters of a
// root, globals, results of unknown calls. A reference symbol that is
// dereferenced stands for an object of the environment whose cells are unknown
// until they are first read.
package skeleton

// Op is the operation of an instruction.
type Op uint8

// The operations. A and B are Args[0] and Args[1], dst is Dst.
const (
	Invalid Op = iota

	// Data.
	Copy    // dst = A
	Sym     // dst = a fresh symbol (an aggregate of them) of Layout; if A is there, one cell, the same symbol for the same A
	Bin     // dst = A Tag B; Tag is one of eq ne lt le gt ge add sub mul quo rem and or xor shl shr min max; known tells whether A is a number that is decided
	Not     // dst = !A
	Neg     // dst = -A
	Len     // dst = len(A): slice, map, channel, string symbol; Tag is Queued if A is a channel
	Cap     // dst = cap(A)
	Agg     // dst = flat aggregate of Args (an Arg that is an aggregate contributes its cells)
	Elem    // dst = cells N..N+M-1 of aggregate A; M 1 gives the bare value
	Closure // dst = function A (a Func literal) capturing Args[1:]
	Iface   // dst = interface of dynamic type Tag holding A; N is 1 if no Havoc with N 1 gives it
	Assert  // dst = A.(Tag); N is 1 if Tag is an interface type; panics if it does not hold; Layout of the result
	Assert2 // dst = (A.(Tag), ok) as aggregate; Layout is that of the value without ok

	// Memory.
	Alloc // dst = reference to a fresh object with zero cells of Layout
	Field // dst = A advanced by N cells (the address of a field)
	Index // dst = A advanced by B*M cells: address of an array element; N is the array's length
	Load  // dst = cells of Layout at A; Tag is Closing, There, Growing or empty
	Store // cells of Layout at A = B; if A is the environment's, Tag is what it gets of a channel B, a letter of Havoc

	// Slices and maps.
	MakeSlice // dst = slice of A zero elements of Layout, capacity B
	SliceAt   // dst = address of element B of slice A; Layout of an element
	Slice     // dst = A[B:C]; A a slice or (N 1) a reference to an array of M elements; nil args mean absent; Layout of an element
	Append    // dst = append(A, B...); B is a slice; Layout of an element
	CopySlice // dst = copy(A, B); Layout of an element
	MakeMap   // dst = empty map
	MapGet    // dst = (A[B], ok) as aggregate; Layout of a value
	MapSet    // A[B] = C; Layout of a value
	MapDel    // delete(A, B)
	MapIter   // dst = iterator over map A
	MapNext   // dst = (ok, key, value) of iterator A as aggregate; Layout is the key's letter followed by the value's layout

	// Channels.
	MakeChan // dst = channel of capacity A; Layout of an element
	EnvChan  // dst = channel on which the environment will send (a timer, a signal); Tag names what does
	Send     // A <- B
	Recv     // dst = <-A; Layout of an element
	Recv2    // dst = (<-A, ok) as aggregate; Layout of an element; Tag is "range" in a range loop
	Select   // dst = (index, ok, values of the receive cases in order) as aggregate; Cases; N is 1 with a default, whose index is -1
	Close    // close(A)
	Cancel   // close A unless closed, and what is linked below it (a context's cancel)
	Link     // cancelling A (nil: never; a symbol: the environment may) cancels channel B
	Mark     // the environment may do Tag to channel A: a subset of "s" send, "r" receive, "c" close; "" takes these away

	// Locks, wait groups, conditions. A is the address of the cell.
	Lock
	Unlock
	RLock
	RUnlock
	TryLock  // dst = whether it was acquired
	TryRLock // dst = whether it was acquired
	WgAdd    // counter += B
	WgWait
	CondAdd  // enlist this goroutine with the waiters of A
	CondPark // wait until it is no longer listed
	Signal
	Broadcast
	Yield // a point where other goroutines may run, on the object of A (an atomic)

	// Functions.
	Call       // dst = A(Args[1:]); with Method set, the method of interface A; results as aggregate when more than one
	Spawn      // go A(Args[1:]); N is 1 where that happens once in a process
	Defer      // defer A(Args[1:])
	RunDefers  // run what was deferred (before a return)
	Recover    // dst = recover()
	Havoc      // dst = unknown result of Layout; Tag has one letter for each Arg telling what the environment gets of it; N has the bits Foreign and Outcome; M has a bit for each cell that is only nil where the last cell is not
	FreshCount // dst = how many rounds an unknown loop makes: a fresh u symbol

	// Ends of a block.
	Jump   // to Then
	Branch // on A: true to Then, false to Else
	Return // Args are the results
	Panic  // A
	Exit   // the process ends
	Goexit // runs defers and ends the goroutine
	Stop   // this path is not followed (unreachable, or beyond what the skeleton can say)

	numOps
)

// Letters of Havoc's Tag: what the environment may do to an argument, and to
// everything that can be reached from it.
const (
	EscapeAll  = 'e' // anything
	EscapeShow = 'h' // anything, but it has not changed it yet
	EscapeRecv = 'r' // only receive from it (<-chan T)
	EscapeSend = 's' // only send to it or close it (chan<- T)
	EscapeNone = '-' // nothing: only reads, or cannot matter
	EscapeCall = 'f' // it calls the function value, now or later, any number of times
)

// Bits of N of a Call and of a Havoc that gives a result.
const (
	Foreign = 1 // another package's function gives it (Havoc only)
	Outcome = 2 // it tells how something went that callers cannot know beforehand, as an error of writing to a connection does
)

// Closing is the Tag of a Load of a channel that is closed some time, if anything:
// a receive that succeeds tells that it is.
const Closing = "c"

// There is the Tag of a Load of what is not nil: what an error wraps, a channel that a
// variable is declared with.
const There = "t"

// Growing is the Tag of a Load of a slice or a map to which others add.
const Growing = "g"

// Queued is the Tag of a Len of a channel: how many values wait in it changes
// with each send and receive, and if it is not known with each look.
const Queued = "c"

// ResultError is the mode of a root's last result if that is an error which
// tells whether there are others: where it is not nil, the caller drops them.
const ResultError = 'x'

// SteadyPlace names a place that only code in sight stores in: what it holds stays
// when the environment gets the object. The mode tells what the environment may
// do by way of the place to a channel in it.
func SteadyPlace(name string, mode byte) string { return name + "!" + string(rune(mode)) }

// Steady reports whether a place is such a one, and the mode.
func Steady(place string) (mode byte, ok bool) {
	if n := len(place); n > 2 && place[n-2] == '!' {
		return place[n-1], true
	}
	return 0, false
}

// Pos is an opaque position; whoever made the skeleton resolves it. 0 is none,
// one below 0 is in another package, whose source is not at hand.
type Pos int32

// Reg is a register of a function, NoReg where an instruction has no result.
type Reg int32

// NoReg marks an instruction without a result.
const NoReg Reg = -1

// ArgKind tells the operands apart.
type ArgKind uint8

// The kinds of operand.
const (
	ArgNil    ArgKind = iota
	ArgReg            // register N
	ArgBool           // N is 0 or 1
	ArgInt            // N
	ArgStr            // S, an opaque constant: equal exactly if S is equal
	ArgFunc           // the function named S
	ArgGlobal         // the address of the global named S
)

// Arg is an operand.
type Arg struct {
	Kind ArgKind
	N    int64
	S    string
}

// R is the operand of a register, Int, Bool, Str, Fn and Global those of constants; Nil is nil.
func R(r Reg) Arg            { return Arg{Kind: ArgReg, N: int64(r)} }
func Int(n int64) Arg        { return Arg{Kind: ArgInt, N: n} }
func Str(s string) Arg       { return Arg{Kind: ArgStr, S: s} }
func Fn(name string) Arg     { return Arg{Kind: ArgFunc, S: name} }
func Global(name string) Arg { return Arg{Kind: ArgGlobal, S: name} }
func Nil() Arg               { return Arg{} }
func Bool(b bool) Arg {
	if b {
		return Arg{Kind: ArgBool, N: 1}
	}
	return Arg{Kind: ArgBool}
}

// Case is one case of a Select.
type Case struct {
	Send   bool
	Chan   Arg
	Val    Arg    // sent value
	Layout string // of a received element
	Name   string // the channel in the user's words
	Pos    Pos
}

// Instr is one instruction.
type Instr struct {
	Op     Op
	Dst    Reg
	Args   []Arg
	Layout string
	Tag    string // type tag, operator, modes: see the Op
	Method string // Call, Spawn, Defer: method of the interface in Args[0]
	N, M   int32
	Cases  []Case
	Places []string // Alloc, Load, Store: of each cell of Layout the place, "" if any code may load it; nil if any may load all
	Then   int32
	Else   int32
	Name   string // the object operated on, in the user's words
	Pos    Pos
}

// Param is a parameter or a captured variable.
type Param struct {
	Name   string
	Layout string
}

// Func is the skeleton of a function. Parameters are registers 0.., captured
// variables follow.
type Func struct {
	Name    string // unique in a program: the full name of go/types, $n for literals
	Params  []Param
	Frees   []Param
	Results []string // layouts, each with the mode in which a root's caller gets it where that is not EscapeAll: "p:r" for <-chan T, "p:x" for an error
	Regs    int32
	Blocks  [][]Instr
	Recover int32 // block that returns after a recovered panic, -1 if none
	Library bool  // written by package library: its positions are those of the caller
	Pos     Pos
	Short   string // the name a user would say: Fetch, worker.run, the function literal
}

// Foreign reports whether the function was taken from another package.
func (f *Func) Foreign() bool { return f.Pos < 0 }

// Type is a dynamic type whose methods a program knows.
type Type struct {
	Tag        string
	Methods    map[string]string // method name -> function name; the receiver is the value in the interface
	Implements []string          // interface tags, sorted
}

// Program is what exploration starts from: functions and types by name. Names
// that are missing are unknown code.
type Program struct {
	Funcs map[string]*Func
	Types map[string]*Type
}

// Width is the number of cells of a layout; the empty layout has none.
func Width(layout string) int { return len(layout) }

// IsEnd reports whether op ends a block.
func (op Op) IsEnd() bool { return op >= Jump && op < numOps }
