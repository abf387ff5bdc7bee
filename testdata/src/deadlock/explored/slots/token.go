package slots

// Press runs jobs one at a time: who has the token runs.
type Press struct{ token chan struct{} }

// NewPress makes a press.
func NewPress() *Press {
	p := &Press{token: make(chan struct{}, 1)}
	p.give()
	return p
}

func (p *Press) take() { <-p.token } // want "receive from p.token blocks for ever when Print is called again and again"

func (p *Press) give() { p.token <- struct{}{} }

// Print runs a job.
func (p *Press) Print(job func() error) error {
	p.take()
	if err := job(); err != nil {
		return err
	}
	p.give()
	return nil
}

// PressFixed runs jobs one at a time: who has the token runs.
type PressFixed struct{ token chan struct{} }

// NewPressFixed makes a press.
func NewPressFixed() *PressFixed {
	p := &PressFixed{token: make(chan struct{}, 1)}
	p.give()
	return p
}

func (p *PressFixed) take() { <-p.token }

func (p *PressFixed) give() { p.token <- struct{}{} }

// Print runs a job.
func (p *PressFixed) Print(job func() error) error {
	p.take()
	defer p.give()
	return job()
}
