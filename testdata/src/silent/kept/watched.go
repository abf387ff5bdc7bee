package kept

// Job keeps channels in fields that only this package can name.
type Job struct {
	done    <-chan struct{}
	watched chan bool
	errs    chan error
}

// Run waits for the watcher before it waits for the result: nobody else sends
// on what is kept in the field.
func (j *Job) Run(work func() error) error {
	errs := make(chan error, 1)
	j.errs = errs
	go func() { errs <- work() }()
	watched := make(chan bool)
	j.watched = watched
	go j.watch(watched)
	<-j.watched
	return j.wait()
}

func (j *Job) wait() error {
	defer func() { j.errs = nil }()
	if j.errs == nil {
		return nil
	}
	return <-j.errs
}

func (j *Job) watch(watched chan<- bool) {
	select {
	case watched <- true:
		return
	case <-j.done:
	}
	if j.errs != nil {
		select {
		case <-j.errs:
		default:
			<-j.errs
		}
		j.errs = nil
	}
	watched <- false
}
