// Package squad runs functions together.
package squad

// Squad runs its members until one of them is done, and then has the others stop.
type Squad struct{ members []member }

type member struct {
	work func() error
	stop func(error)
}

// Add adds a member.
func (s *Squad) Add(work func() error, stop func(error)) {
	s.members = append(s.members, member{work, stop})
}

// Run returns when all members are done.
func (s *Squad) Run() error {
	if len(s.members) == 0 {
		return nil
	}
	results := make(chan error, len(s.members))
	for _, m := range s.members {
		go func() { results <- m.work() }()
	}
	first := <-results
	for _, m := range s.members {
		m.stop(first)
	}
	for range len(s.members) - 1 {
		<-results
	}
	return first
}
