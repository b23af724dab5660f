"""The pages of the record: parties, people, meetings, instruments, funds, commitments, issues and areas."""
