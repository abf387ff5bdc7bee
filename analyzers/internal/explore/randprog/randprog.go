// Package randprog makes random closed programs: a few goroutines that use
// channels, locks, wait groups and conditions, and decide on data that is
// known. A program is rendered as Go source and lowered to a skeleton; both
// number their operations alike, so that verdicts can be compared.
//
// Programs have no data races: what goroutines share besides channels and locks
// is counted under its lock. Their loops are short, so that an interpreter that
// follows every schedule comes to an end.
package randprog

import "fmt"

// Kind is the kind of a statement.
type Kind uint8

// The kinds. Obj names the object, N is a small number.
const (
	Send     Kind = iota // Obj <- Val
	Recv                 // v = <-Obj
	Recv2                // v, ok = <-Obj
	Range                // for v = range Obj { Body }
	Close                // close(Obj)
	Select               // Cases, with Default its Else is the default's body
	Section              // Obj.Lock(); Body; Obj.Unlock(), for reading with Read
	Deferred             // the statement in Body is deferred
	Lock                 // a lone Lock, or RLock with Read
	Unlock               // a lone Unlock, or RUnlock with Read
	TryLock              // if Obj.TryLock() { Body; Obj.Unlock() } else { Else }
	Add                  // Obj.Add(N)
	Done                 // Obj.Done()
	Wait                 // Obj.Wait()
	Bump                 // count under the lock of condition Obj, then Signal (N 1), Broadcast (N 2) or neither
	Await                // wait with condition Obj until the count is at least N; without a loop if N is 0
	Loop                 // for i := range N { Body }
	Forever              // for { Body }
	If                   // if Cond { Body } else { Else }
	Go                   // go func() { Body }()
	GoCall               // go Obj(Args): a function of the program
	Call                 // Obj(Args)
	Return
	Break
	Continue
	Recover // defer func() { recover() }()
	numKinds
)

// Stmt is a statement. Pos numbers the operations of a program from 1 in the
// order of its text; composite statements use several numbers.
type Stmt struct {
	Kind    Kind
	Obj     string
	Args    []string
	N       int
	Val     Val
	Cond    Cond
	Read    bool
	Default bool
	Cases   []Case
	Body    []Stmt
	Else    []Stmt
}

// Case is a case of a Select: a send of Val or a receive into v, with Two into v and ok.
type Case struct {
	Send bool
	Two  bool
	Obj  string
	Val  Val
	Body []Stmt
}

// Val is a sent value: a number, or the variable v or i.
type Val struct {
	Var string
	N   int
}

func (v Val) String() string {
	if v.Var != "" {
		return v.Var
	}
	return fmt.Sprint(v.N)
}

// Cond is a condition on known data: a comparison of v or i with N, or ok.
type Cond struct {
	Var string // v, i, ok
	Op  string // eq ne lt ge; for ok: eq or ne true
	N   int
}

// Func is a function of the program; its parameters are channels and locks.
type Func struct {
	Name   string
	Params []string
	Body   []Stmt
}

// Program is a random program. Objects are named by a letter and a number: c
// channel, m mutex, r RWMutex, w wait group, k condition with its lock and count.
type Program struct {
	Seed   uint64
	Fields bool  // objects are fields of a struct instead of captured variables
	Chans  []int // capacities; -1 is a nil channel
	Count  map[byte]int
	Funcs  []Func
	Main   []Stmt
}

// objects lists the names of all objects in order.
func (p *Program) objects() []string {
	var names []string
	for i := range p.Chans {
		names = append(names, fmt.Sprintf("c%d", i))
	}
	for _, letter := range []byte("mrwk") {
		for i := range p.Count[letter] {
			names = append(names, fmt.Sprintf("%c%d", letter, i))
		}
	}
	return names
}
