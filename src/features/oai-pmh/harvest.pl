# Reads a repository with HTTP::OAI (Debian: libhttp-oai-perl), which this project did not write, and says what it saw:
# perl harvest.pl ADDRESS PREFIX SET
use strict;
use warnings;
use HTTP::OAI;
use HTTP::OAI::Metadata::OAI_DC;
binmode STDOUT, ':encoding(UTF-8)';

my ($address, $prefix, $set) = @ARGV;
my $harvester = HTTP::OAI::Harvester->new(baseURL => $address);
my $node = $harvester->Identify;
die $node->message . "\n" if $node->is_error;
print join("\t", $node->version, $node->baseURL, $node->deletedRecord), "\n";

my $list = $harvester->ListRecords(
  metadataPrefix => $prefix,
  set => $set,
  handlers => { metadata => 'HTTP::OAI::Metadata::OAI_DC' },
  onRecord => sub {
    my ($record) = @_;
    my $title = $record->is_deleted ? '' : $record->metadata->dc->{title}[0];
    print join("\t", $record->identifier, $record->datestamp, $title), "\n";
  });
die $list->message . "\n" if $list->is_error;
