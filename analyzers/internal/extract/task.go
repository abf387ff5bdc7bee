package extract

import "golang.org/x/tools/go/ssa"

// What slicing is still to do, and what it does as soon as something is read.

// run does what is to be done, up to the fixpoint.
func (s *slicer) run() {
	for len(s.work) > 0 {
		t := s.work[len(s.work)-1]
		s.work[len(s.work)-1] = task{}
		s.work = s.work[:len(s.work)-1]
		s.perform(t)
	}
}

// task is something to be done about an instruction or a value of a function. There
// are a great many: closures would take more time and room.
type task struct {
	kind taskKind
	arg  int // of a call: through which it writes, -1 for others
	fn   *ssa.Function
	in   ssa.Instruction
	v    ssa.Value
	do   func()
}

type taskKind uint8

const (
	taskDo       taskKind = iota // whatever do does
	taskKeep                     // keep in
	taskWrite                    // in writes to a place that is read
	taskOperands                 // in is kept
	taskSources                  // v is needed
	taskNeed                     // v becomes needed
	taskCalls                    // fn has an effect
)

func (s *slicer) perform(t task) {
	switch t.kind {
	case taskDo:
		t.do()
	case taskKeep:
		s.keep(t.fn, t.in)
	case taskWrite:
		s.writes(t.fn, t.in, t.arg)
	case taskOperands:
		s.operands(t.fn, t.in)
	case taskSources:
		s.sources(t.fn, t.v)
	case taskNeed:
		s.need(t.fn, t.v)
	case taskCalls:
		s.calls(t.fn)
	}
}

func (s *slicer) later(f func()) { s.work = append(s.work, task{do: f}) }

func (s *slicer) post(t task) { s.work = append(s.work, t) }

// writes keeps an instruction that writes to a place that is read, through such
// an argument if it is a call.
func (s *slicer) writes(fn *ssa.Function, in ssa.Instruction, arg int) {
	c, isCall := in.(ssa.CallInstruction)
	if isCall && !s.plans[fn].markWrite(c, arg) {
		s.need(fn, s.argumentOf(c, arg))
		if madeBy(s.argumentOf(c, arg)) == nil {
			s.activate(fn)
		}
	}
	s.gate(fn, objectOf(in), in)
}

// onceRead has a task done as soon as a place is read.
func (s *slicer) onceRead(k string, t task) {
	k = s.w.mem.find(k)
	if s.read[k] {
		s.post(t)
		return
	}
	s.stores[k] = append(s.stores[k], t)
}

// gate has an instruction kept as soon as the object is of interest to others
// than the stores to it, at once if it is not one that the function makes.
func (s *slicer) gate(fn *ssa.Function, object ssa.Value, in ssa.Instruction) {
	if object == nil || s.plans[fn].needed[object] {
		s.keep(fn, in)
		return
	}
	s.gates[object] = append(s.gates[object], task{kind: taskKeep, fn: fn, in: in})
}
